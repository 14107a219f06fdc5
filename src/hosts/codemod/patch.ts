import { structuredPatch } from "diff";
import { InputError } from "../../project/input-error.js";
import type { Change } from "./change.js";

/** Lines around a change. */
const CONTEXT = 3;

/** The lines of a unified diff from one text to another, without the names of files. */
export function hunksOf(before: string, after: string): string[] {
  const { hunks } = structuredPatch("", "", before, after, undefined, undefined, { context: CONTEXT });
  return hunks.flatMap(({ oldStart, oldLines, newStart, newLines, lines }) => [
    `@@ -${range(oldStart, oldLines)} +${range(newStart, newLines)} @@`,
    ...lines,
  ]);
}

/**
 * A patch of all changes, for `git apply` or `patch -p1` in the working directory.
 *
 * @throws InputError for a file in UTF-16, which no patch can hold
 */
export function patchOf(changes: readonly Change[]): string {
  return changes
    .map((change) => {
      const { name, before, after } = change;
      if (before && before.encoding !== "utf8")
        throw new InputError(`${name} is UTF-16, which a patch can't hold: use --write`);
      const mark = before?.hasMark ? "\uFEFF" : "";
      const from = before ? `a/${name}` : "/dev/null";
      const lines = hunksOf(before ? mark + before.text : "", mark + after);
      return [`--- ${quoted(from)}`, `+++ ${quoted(`b/${name}`)}`, ...lines, ""].join("\n");
    })
    .join("");
}

/** A length of one is left out by custom, and GNU diff counts from the line before where there is none. */
function range(start: number, length: number): string {
  return length === 1 ? `${start}` : `${start},${length}`;
}

/** As Git writes names: in quotes where one has control characters, quotes or backslashes; a tab ends one with spaces. */
function quoted(name: string): string {
  // JSON's escapes are C's for these.
  if (/[\p{Cc}"\\]/u.test(name)) return JSON.stringify(name);
  return name.includes(" ") ? `${name}\t` : name;
}
