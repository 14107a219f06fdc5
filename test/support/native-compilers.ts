import { dirname } from "node:path";
import type { NativeCompiler } from "../../src/resolvers/native/program.js";
import { startTypeScript70 } from "../../src/resolvers/typescript-7.0.js";
import { startTypeScript71 } from "../../src/resolvers/typescript-7.1.js";

/** The TypeScripts 7 among our packages, by their names there. */
export const nativeCompilers: readonly {
  readonly name: string;
  /** @param directory absolute path of the working directory */
  readonly start: (directory: string) => NativeCompiler;
}[] = [
  { name: "typescript-7.0", start: (directory) => startTypeScript70(at("typescript-7.0", directory)) },
  { name: "typescript-7.1", start: (directory) => startTypeScript71(at("typescript-7.1", directory)) },
];

function at(name: string, directory: string): { packageFolder: string; directory: string } {
  return { packageFolder: dirname(require.resolve(`${name}/package.json`)), directory };
}
