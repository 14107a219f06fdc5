import type ts from "typescript";
import type { TypeScript } from "../engine/index.js";

/**
 * Options for files that no tsconfig.json includes.
 *
 * @param nearest those of the nearest tsconfig.json, for its paths and module resolution
 */
export function looseOptions(ts: TypeScript, nearest: ts.CompilerOptions | undefined): ts.CompilerOptions {
  const common: ts.CompilerOptions = { allowJs: true, checkJs: false, noEmit: true, skipLibCheck: true };
  if (nearest) return { ...nearest, ...common, rootDir: undefined };
  return {
    ...common,
    target: ts.ScriptTarget.ESNext,
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    jsx: ts.JsxEmit.Preserve,
    // Without it, a variable that is assigned later has the type any.
    strict: true,
    resolveJsonModule: true,
    esModuleInterop: true,
    types: ["node"],
  };
}
