import { berkeley } from "../../tables/berkeley.js";
import { resolvedFrom, withoutExtension } from "../specifiers.js";

/** The modules whose socket functions are renamed as in C. */
export interface BerkeleyModules {
  /** Does a file that has this specifier mean one of them? */
  isSpecifier(specifier: string, fileName: string): boolean;
  /** Is something that is declared in this file declared by one of them? */
  isFile(fileName: string): boolean;
  /** Can any file but those that name our own module use one? */
  readonly areConfigured: boolean;
}

/**
 * @param configured the modules that the configuration names: names of packages, and absolute paths with slashes, with
 *   or without an extension, of files
 */
export function berkeleyModules(configured: readonly string[]): BerkeleyModules {
  const isPath = (module: string): boolean => /^(?:\/|[A-Za-z]:\/)/.test(module);
  const paths = new Set(configured.filter(isPath).map(withoutExtension));
  const packages = new Set([berkeley.module, ...configured.filter((module) => !isPath(module))]);
  const folders = [...packages].map((name) => `/node_modules/${name}/`);
  return {
    areConfigured: configured.length > 0,
    isSpecifier(specifier, fileName) {
      const path = resolvedFrom(fileName, specifier);
      return path === undefined ? packages.has(specifier) : paths.has(path);
    },
    isFile: (fileName) =>
      paths.has(withoutExtension(fileName)) || folders.some((folder) => fileName.includes(folder)),
  };
}
