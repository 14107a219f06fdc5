import { existsSync, realpathSync } from "node:fs";
import { resolve, sep } from "node:path";
import { removeLitter } from "../hosts/codemod/litter.js";
import { readRecord, recordedFiles, reversed } from "../hosts/codemod/record.js";
import { namer } from "../project/slashes.js";
import { InputError } from "../project/input-error.js";
import type { Selection } from "../project/selection.js";
import { diffLines } from "../reporters/diff.js";
import type { CodemodFlags } from "./codemod.js";
import { storePatch } from "./store-patch.js";
import { terminal } from "./terminal.js";
import { writeChanges } from "./write-changes.js";

/** `codemod --reverse`: what was written is taken back. */
export async function reverse({ cwd, paths }: Selection, root: string, flags: CodemodFlags): Promise<number> {
  if (flags.interactive) throw new InputError("--reverse and --interactive exclude each other");
  const places = paths.map((path) => placeOf(resolve(cwd, path), path));
  const isWanted = (file: string): boolean =>
    places.length === 0 || places.some((place) => file === place || file.startsWith(`${place}${sep}`));
  const before = readRecord(root);
  if (flags.write) removeLitter(recordedFiles(root, before));
  const { changes, record } = reversed(before, root, isWanted, namer(cwd));
  const { color } = terminal(process.stdout);
  let outcome = flags.write ? "Taken back." : "Nothing was written.";
  if (flags.patch !== undefined) outcome = storePatch(changes, flags.patch, cwd);
  else if (flags.check) process.stdout.write(changes.map(({ name }) => `${name}\n`).join(""));
  else if (!flags.write)
    for (const change of changes) process.stdout.write(`${diffLines(change, color).join("\n")}\n`);
  // What is not committed is what was written, and only those lines are touched: Git isn't asked.
  if (flags.write && changes.length > 0) await writeChanges(changes, { root, content: record });
  const count = `${changes.length} ${changes.length === 1 ? "file" : "files"}`;
  process.stderr.write(changes.length === 0 ? "Nothing to take back.\n" : `${count}. ${outcome}\n`);
  return flags.check && changes.length > 0 ? 1 : 0;
}

function placeOf(path: string, name: string): string {
  if (!existsSync(path)) throw new InputError(`no such file or folder: ${name}`);
  return realpathSync(path);
}
