import { existsSync, realpathSync, statSync } from "node:fs";
import { dirname, extname, resolve } from "node:path";
import { isRelative } from "../engine/specifiers.js";
import type { OwnNames } from "./own-names.js";
import type { Surveyor } from "./survey.js";
import { withSlashes } from "./slashes.js";
import { isSource } from "./walk.js";

/** Of sources, in the order in which TypeScript tries them. */
export const extensions = [".ts", ".tsx", ".mts", ".cts", ".js", ".jsx", ".mjs", ".cjs"];
/** What a specifier's extension may stand for in the sources. */
const written: Readonly<Record<string, readonly string[]>> = {
  ".js": [".ts", ".tsx", ".js"],
  ".jsx": [".tsx", ".jsx"],
  ".mjs": [".mts", ".mjs"],
  ".cjs": [".cts", ".cjs"],
};

/**
 * Files that a project's own import, though its tsconfig.json does not list them: they are compiled with it all the
 * same.
 */
export function unlisted(
  fileNames: readonly string[],
  surveyor: Surveyor,
  names: Pick<OwnNames, "mapped" | "sourcesOf">,
): string[] {
  const known = new Set(fileNames);
  const found: string[] = [];
  const queue = [...fileNames];
  for (let file = queue.pop(); file !== undefined; file = queue.pop()) {
    const folder = dirname(file);
    for (const specifier of surveyor.survey(file).specifiers) {
      const mapped = names.mapped(specifier);
      if (mapped !== undefined && listedAt(mapped, known) !== undefined) continue;
      const at = isRelative(specifier) ? sourceAt(withSlashes(resolve(folder, specifier)), known) : undefined;
      for (const target of at === undefined ? names.sourcesOf(specifier, file) : [at]) {
        if (known.has(target) || target.includes("/node_modules/")) continue;
        known.add(target);
        found.push(target);
        queue.push(target);
      }
    }
  }
  return found.sort();
}

/** The source file that a path without extension, or with that of its output, stands for. */
export function sourceAt(path: string, known: ReadonlySet<string>): string | undefined {
  const listed = listedAt(path, known);
  if (listed !== undefined) return listed;
  for (const name of namesOf(path))
    if (existsSync(name) && statSync(name).isFile())
      return isSource(name) ? withSlashes(realpathSync(name)) : undefined;
  return undefined;
}

function listedAt(path: string, known: ReadonlySet<string>): string | undefined {
  for (const name of namesOf(path)) if (known.has(name)) return name;
  return undefined;
}

/** In the order in which TypeScript tries them. */
function* namesOf(path: string): Generator<string, undefined> {
  const extension = extname(path);
  const stem = path.slice(0, path.length - extension.length);
  for (const each of written[extension] ?? []) yield stem + each;
  if (isSource(path)) yield path;
  for (const each of extensions) yield path + each;
  for (const each of extensions) yield `${path}/index${each}`;
  return undefined;
}
