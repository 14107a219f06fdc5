import { dirname } from "node:path";
import { applyEdits, modify, parse } from "jsonc-parser";
import { InputError } from "../../project/input-error.js";
import { declared, manifestAbove, type Manifest } from "../../project/manifest.js";
import { readSource } from "../../project/source-text.js";
import { version } from "../../version.js";
import type { Change } from "./change.js";

const RUNTIME = "@tsocksify/runtime";

/**
 * The changes that add the runtime to the package.json of each changed file, where it is not listed yet.
 *
 * @throws InputError where a file is in no package
 */
export function dependencyChanges(
  changes: readonly Change[],
  nameOf: (fileName: string) => string,
): Change[] {
  const manifests = new Set(changes.map(({ path, name }) => manifestOf(path, name)));
  return [...manifests].sort().flatMap((path) => {
    const before = readSource(path);
    if (!before) return [];
    const manifest = parse(before.text) as Manifest;
    if (declared(manifest, RUNTIME)) return [];
    return [
      {
        path,
        name: nameOf(path),
        before,
        after: withRuntime(before.text, !!manifest.dependencies),
        rewrites: 0,
      },
    ];
  });
}

function manifestOf(path: string, name: string): string {
  const manifest = manifestAbove(dirname(path));
  if (manifest === undefined) throw new InputError(`--add-dependency: there is no package.json for ${name}`);
  return manifest;
}

/** npm sorts dependencies by name; everything else in the file stays as it is. */
function withRuntime(text: string, hasList: boolean): string {
  const indent = /^[ \t]+(?=")/m.exec(text)?.[0] ?? "  ";
  const formattingOptions = {
    insertSpaces: !indent.startsWith("\t"),
    tabSize: indent.startsWith("\t") ? 1 : indent.length,
    eol: text.includes("\r\n") ? "\r\n" : "\n",
  };
  // Where there is no list yet, it comes last: that name is asked about too.
  const getInsertionIndex = (names: string[]): number => {
    const after = names.findIndex((name) => name > RUNTIME);
    return hasList && after >= 0 ? after : names.length;
  };
  const path = ["dependencies", RUNTIME];
  return applyEdits(text, modify(text, path, `^${version}`, { formattingOptions, getInsertionIndex }));
}
