import { readFileSync } from "node:fs";
import { join } from "node:path";
import { compileFunction } from "node:vm";
import type ts from "typescript";
import type { TypeScript } from "../../../engine/index.js";

/** What `tsc` does with its arguments. */
type CommandLine = (
  system: ts.System,
  done: (program: ts.Program | ts.BuilderProgram | ts.ParsedCommandLine) => void,
  args: readonly string[],
) => unknown;

/** TypeScript, with what it exports without declaring it. */
interface Undeclared {
  readonly executeCommandLine?: CommandLine;
  readonly performance?: object;
}

/** Where it is in tsc.js, between the files that it was bundled from. */
const piece = /^\/\/ src\/executeCommandLine\/executeCommandLine\.ts$([^]*?)^\/\/ src\/tsc\/tsc\.ts$/m;

/**
 * The compiler's own command line. Up to 5.4 it is in tsc.js only, which runs as soon as it is loaded and shares nothing with the
 * rest of the package; all that it is made of, the package exports.
 *
 * @param folder of the package
 */
export function commandLineOf(ts: TypeScript, folder: string): CommandLine {
  const { executeCommandLine, performance = {} } = ts as Undeclared;
  if (executeCommandLine) return executeCommandLine;
  const path = join(folder, "lib", "tsc.js");
  const [, source] = piece.exec(readFileSync(path, "utf8")) ?? [];
  if (source === undefined) throw new Error(`TypeScript ${ts.version} has no command line in ${path}`);
  const made = compileFunction(`${source}\nreturn executeCommandLine;`, [], {
    filename: path,
    contextExtensions: [performance, ts],
  }) as () => CommandLine;
  return made();
}
