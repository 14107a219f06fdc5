import { existsSync, readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { parse } from "jsonc-parser";
import { manifestAbove } from "../../../project/manifest.js";
import { textOf } from "./survivors.js";

/**
 * Whether a package may import its own outputs, by `imports` or by its own name. The compiler looks for the sources
 * behind them, which it finds only where outputs are written where the package says that they are.
 *
 * @param home the folder of the tsconfig.json
 * @param isOutput whether a path is in a folder that is written to
 * @param roots absolute paths of the sources
 */
export function mayImportItself(
  home: string,
  isOutput: (path: string) => boolean,
  roots: readonly string[],
): boolean {
  const manifest = manifestAbove(home);
  if (manifest === undefined) return false;
  const { name, exports, imports } = (parse(readFileSync(manifest, "utf8")) ?? {}) as Manifest;
  const leadsOut = (target: unknown): boolean =>
    typeof target === "string"
      ? isOutput(resolve(dirname(manifest), target.replace(/\*.*$/, "any")))
      : typeof target === "object" && target !== null && Object.values(target).some(leadsOut);
  const names = [
    ...(leadsOut(imports) ? ["#"] : []),
    ...(typeof name === "string" && leadsOut(exports) ? [name] : []),
  ].flatMap((each) => [`"${each}`, `'${each}`, `\`${each}`]);
  if (names.length === 0) return false;
  return roots.filter(existsSync).some((root) => {
    const text = textOf(root);
    return names.some((each) => text.includes(each));
  });
}

interface Manifest {
  readonly name?: unknown;
  readonly exports?: unknown;
  readonly imports?: unknown;
}
