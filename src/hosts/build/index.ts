import { createRequire } from "node:module";
import { join } from "node:path";
import type { TypeScript } from "../../engine/index.js";
import { InputError } from "../../project/input-error.js";
import { buildInProcess } from "./in-process/index.js";
import { buildNative } from "./native/index.js";
import { version as ownVersion } from "../../version.js";
import { typescriptOf, type InstalledTypeScript } from "./typescript.js";

/**
 * `tsocksify build`: compiles as the project's own `tsc` does, whichever version that is, with the same arguments,
 * diagnostics, files and exit codes; only that what touches a socket goes through `@tsocksify/runtime`.
 *
 * @param args the arguments, as `tsc` takes them
 * @param directory the working directory
 * @returns the exit code, as of `tsc`: 0 nothing to report, 1 errors and nothing emitted, 2 errors and emitted
 * @throws InputError where the project has no TypeScript from 5.0 on
 */
export async function build(args: readonly string[], directory = process.cwd()): Promise<number> {
  const typescript = compilerOf(directory);
  const { folder, version, major } = typescript;
  if (major < 5)
    throw new InputError(`tsocksify build needs TypeScript 5.0 or later; this project has ${version}`);
  if (major >= 7) return buildNative(typescript, args, directory, (text) => void process.stdout.write(text));
  const ts = createRequire(join(folder, "package.json"))(folder) as TypeScript;
  return buildInProcess(ts, folder, args);
}

/**
 * What `tsc --version` prints, and this program's own version behind it.
 *
 * @throws InputError where the project has no TypeScript
 */
export function versions(directory: string): string {
  return `Version ${compilerOf(directory).version} (tsocksify ${ownVersion})`;
}

function compilerOf(directory: string): InstalledTypeScript {
  const typescript = typescriptOf(directory);
  if (typescript) return typescript;
  throw new InputError(
    "tsocksify build uses the project's own TypeScript, and there is none: npm install -D typescript",
  );
}
