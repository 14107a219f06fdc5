import { spawnSync } from "node:child_process";
import { relative } from "node:path";
import { InputError } from "../../project/input-error.js";
import { repositoryRoot } from "../../project/gitignore.js";

/**
 * What Git could not bring back if the given files were changed: changes that are not committed, anywhere in the
 * work tree, and those of the files that Git does not know.
 *
 * @returns names relative to the repository; empty where all is committed, or where there is no repository
 * @throws InputError where there is one, and Git does not answer for it
 */
export function uncommitted(cwd: string, files: readonly string[]): string[] {
  const root = repositoryRoot(cwd);
  if (!root) return [];
  const changed = git(root, "status", "--porcelain", "-z", "--untracked-files=no", "--ignore-submodules");
  const unknown = git(root, "ls-files", "--others", "-z", "--", ...files.map((file) => relative(root, file)));
  return [...namesOf(changed).map((entry) => entry.slice(3)), ...namesOf(unknown)].sort();
}

function namesOf(output: string): string[] {
  return output.split("\0").filter(Boolean);
}

/** @returns standard output */
function git(cwd: string, ...args: readonly string[]): string {
  const { error, status, stdout, stderr } = spawnSync("git", args, {
    cwd,
    encoding: "utf8",
    maxBuffer: 1 << 28,
  });
  if (status === 0) return stdout;
  const [reason] = error ? [error.message] : stderr.trim().split("\n");
  throw new InputError(`Git can't tell whether all is committed (${reason}); use --force to go on without`);
}
