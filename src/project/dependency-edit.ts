import { applyEdits, modify, type ModificationOptions } from "jsonc-parser";
import { indentUnit } from "./jsonc-members.js";
import type { DependencyList, Manifest } from "./manifest.js";

/** How a package.json is laid out. */
export function layoutOf(text: string): ModificationOptions {
  const indent = indentUnit(text);
  return {
    formattingOptions: {
      insertSpaces: !indent.startsWith("\t"),
      tabSize: indent.startsWith("\t") ? 1 : indent.length,
      eol: text.includes("\r\n") ? "\r\n" : "\n",
    },
  };
}

/** A package.json with one more dependency. npm sorts them by name; everything else in the file stays as it is. */
export function withDependency(
  text: string,
  manifest: Manifest,
  list: DependencyList,
  name: string,
  range: string,
): string {
  // Where there is no list yet, it comes last: that name is asked about too.
  const getInsertionIndex = (names: string[]): number => {
    const after = names.findIndex((each) => each > name);
    return manifest[list] && after >= 0 ? after : names.length;
  };
  return applyEdits(text, modify(text, [list, name], range, { ...layoutOf(text), getInsertionIndex }));
}
