import { isBuiltin } from "node:module";
import { dirname, isAbsolute, resolve } from "node:path";
import type ts from "typescript";
import { isRelative, referencesIn, specifiersIn } from "../engine/specifiers.js";
import { matches } from "./own-names.js";
import type { Project } from "./project.js";
import { readableText } from "./source-text.js";
import { commandLineOf } from "./tsconfig.js";

/**
 * Files that aren't there, and that types would come from if they were: what an import asks for in vain, or before what it
 * finds. Packages are left out.
 *
 * @param files absolute paths of those that import
 * @returns absolute paths
 */
export function missingFor(
  { tsconfig: path, compiler, options }: Project,
  files: readonly string[],
): string[] {
  const { ts } = compiler;
  // What TypeScript 7 makes of them is for itself.
  const read =
    compiler.kind === "native" && path !== undefined ? commandLineOf({ path, compiler }).options : options;
  const missing = new Set<string>();
  const fileExists = (name: string): boolean => {
    const exists = ts.sys.fileExists(name);
    if (!exists && !name.includes("/node_modules/")) missing.add(resolve(name));
    return exists;
  };
  // With directoryExists, it would not ask for files in folders that aren't there either.
  const host: ts.ModuleResolutionHost = { fileExists, readFile: (name) => ts.sys.readFile(name) };
  const cache = ts.createModuleResolutionCache(dirname(path ?? files[0] ?? "/"), (name) => name, read);
  const { CommonJS, ESNext } = ts.ModuleKind;
  for (const file of files) {
    const text = readableText(file) ?? "";
    for (const each of referencesIn(text)) fileExists(resolve(dirname(file), each));
    for (const specifier of specifiersIn(text)) {
      // Of a relative path, a require finds whatever an import does.
      const modes = isRelative(specifier) ? [CommonJS] : isOwn(specifier, read) ? [CommonJS, ESNext] : [];
      for (const mode of modes)
        ts.resolveModuleName(specifier, file, read, host, cache, undefined, mode as ts.ResolutionMode);
    }
  }
  return [...missing];
}

/** May it mean a file of the project, though it is no relative path? */
function isOwn(specifier: string, { baseUrl, paths = {} }: ts.CompilerOptions): boolean {
  if (isBuiltin(specifier)) return false;
  return (
    specifier.startsWith("#") ||
    isAbsolute(specifier) ||
    baseUrl !== undefined ||
    Object.keys(paths).some((pattern) => matches(pattern, specifier))
  );
}
