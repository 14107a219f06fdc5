import type ts from "typescript";
import type { TypeScript } from "../engine/index.js";

/**
 * TypeScript for projects that have none of their own, or one that can't be used: the copy that ts-morph carries.
 * The only file that knows ts-morph; it is loaded when it is first needed.
 */
export function bundledTypeScript(): TypeScript {
  return morph().ts as unknown as TypeScript;
}

/** Where ts-morph's own file system says that the library files of its TypeScript are; they are nowhere on disk. */
const LIBRARIES = "/node_modules/typescript/lib/";

/** A host that has the bundled TypeScript's library files, too. */
export function withBundledLibraries(host: ts.CompilerHost): ts.CompilerHost {
  const libraries = new (morph().Project)({ useInMemoryFileSystem: true }).getModuleResolutionHost();
  const { ts } = morph() as unknown as { readonly ts: TypeScript };
  const isLibrary = (fileName: string): boolean => fileName.startsWith(LIBRARIES);
  return {
    ...host,
    getDefaultLibLocation: () => LIBRARIES.slice(0, -1),
    getDefaultLibFileName: (options) => LIBRARIES + ts.getDefaultLibFileName(options),
    fileExists: (fileName) => (isLibrary(fileName) ? libraries : host).fileExists(fileName),
    readFile: (fileName) => (isLibrary(fileName) ? libraries : host).readFile(fileName),
    getSourceFile(fileName, versionOrOptions, ...rest) {
      if (!isLibrary(fileName)) return host.getSourceFile(fileName, versionOrOptions, ...rest);
      const text = libraries.readFile(fileName);
      return text === undefined ? undefined : ts.createSourceFile(fileName, text, versionOrOptions);
    },
  };
}

function morph(): typeof import("ts-morph") {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- large, and most projects never need it
  return require("ts-morph") as typeof import("ts-morph");
}
