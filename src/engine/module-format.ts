import type ts from "typescript";
import type { TypeScript } from "./vocabulary.js";

/**
 * Is the file emitted as CommonJS? Then the runtime is brought in by `require`, which no later transform touches.
 */
export function emitsCommonJS(ts: TypeScript, file: ts.SourceFile, options: ts.CompilerOptions): boolean {
  if (/\.c[jt]s$/.test(file.fileName)) return true;
  if (/\.m[jt]s$/.test(file.fileName)) return false;
  const { module } = options;
  const { ModuleKind } = ts;
  if (module !== undefined && module >= ModuleKind.Node16 && module <= ModuleKind.NodeNext)
    return file.impliedNodeFormat !== ModuleKind.ESNext;
  const isModule = ts.isExternalModule(file);
  if (module === undefined ? isOldTarget(ts, options) : module === ModuleKind.CommonJS) return true;
  // A JavaScript file that uses require stays what it is under every other setting.
  return !isModule && /\.c?jsx?$/.test(file.fileName);
}

/** Without `module`, TypeScript emits CommonJS for targets before ES2015. */
function isOldTarget(ts: TypeScript, { target }: ts.CompilerOptions): boolean {
  return (target ?? ts.ScriptTarget.ES5) < ts.ScriptTarget.ES2015;
}

/** Does TypeScript leave out imports that nothing refers to as a value? Never in JavaScript files. */
export function elidesImports(file: ts.SourceFile, options: ts.CompilerOptions): boolean {
  // Removed from TypeScript's own declarations with 6.0.
  const { preserveValueImports } = options as { readonly preserveValueImports?: boolean };
  return !options.verbatimModuleSyntax && !preserveValueImports && !/\.[cm]?jsx?$/.test(file.fileName);
}
