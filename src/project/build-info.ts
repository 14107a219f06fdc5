import type ts from "typescript";
import type { TypeScript } from "../engine/index.js";

/** TypeScript up to 6, with what it exports without declaring it. */
type Undeclared = TypeScript & {
  getTsBuildInfoEmitOutputFilePath?(options: ts.CompilerOptions): string | undefined;
};

/** Where the compiler has the .tsbuildinfo of a project; undefined where it keeps none. */
export function buildInfoOf(ts: TypeScript, options: ts.CompilerOptions): string | undefined {
  return (ts as Undeclared).getTsBuildInfoEmitOutputFilePath?.(options);
}
