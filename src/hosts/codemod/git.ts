import { spawnSync } from "node:child_process";
import { relative } from "node:path";
import { repositoryRoot } from "../../project/gitignore.js";

/**
 * What Git could not bring back if the given files were changed: changes that are not committed, anywhere in the
 * work tree, and those of the files that Git does not know.
 *
 * @returns names relative to the repository; empty where all is committed, or where there is no repository
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

/** Standard output; empty where Git is missing or refuses. */
function git(cwd: string, ...args: readonly string[]): string {
  const { status, stdout } = spawnSync("git", args, { cwd, encoding: "utf8", maxBuffer: 1 << 28 });
  return status === 0 ? stdout : "";
}
