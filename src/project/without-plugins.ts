import { dirname, resolve } from "node:path";
import { invocationsOf, type Invocation } from "./compile-scripts.js";
import { installed } from "./installed.js";
import { manifestAbove, readManifest } from "./manifest.js";
import { tsconfigAt, type Tsconfig } from "./tsconfig.js";

const preview = "@typescript/native-preview";

/** Is it a compiler without plugins that a script calls: the preview of TypeScript 7, or a 7 under another name? */
export function callsWithoutPlugins({ program, packageName }: Invocation, folder: string): boolean {
  if (program === "tsgo" || packageName === preview) return true;
  if (packageName === undefined) return false;
  return Number.parseInt(installed(packageName, folder)?.version ?? "", 10) >= 7;
}

/**
 * What compiles a project and passes over `plugins`, though it may not be the `typescript` that is found there.
 *
 * @returns it in words; undefined where nothing of the kind is known
 */
export function compilerWithoutPlugins({ path, compiler, config }: Tsconfig): string | undefined {
  if (compiler.kind === "native") return `TypeScript ${compiler.version}`;
  if (config.options.noEmit) return undefined;
  const place = manifestAbove(dirname(path));
  if (place === undefined) return undefined;
  const folder = dirname(place);
  const { scripts = {} } = readManifest(place, folder).manifest;
  const emitting = invocationsOf(scripts).filter(({ emits }) => emits);
  const calling = emitting.find(
    (each) => callsWithoutPlugins(each, folder) && tsconfigAt(resolve(folder, each.project ?? ".")) === path,
  );
  if (calling)
    return `${calling.packageName ?? calling.program}, which the script "${calling.script}" calls,`;
  // Where it is the only compiler, it is what compiles, whoever calls it.
  const isOnly = compiler.kind === "bundled" && emitting.length === 0;
  const version = isOnly ? installed(preview, folder)?.version : undefined;
  return version === undefined ? undefined : `${preview} ${version}`;
}
