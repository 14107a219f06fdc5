import { isAbsolute, resolve } from "node:path";

/**
 * The option `modules` as the engine wants it: relative paths made absolute, with slashes; names of packages as they are.
 *
 * @param folder what relative paths are relative to
 */
export function modulesFrom(modules: readonly string[], folder: string): string[] {
  const isPath = (module: string): boolean => /^\.{1,2}(?:\/|$)/.test(module) || isAbsolute(module);
  return modules.map((module) => (isPath(module) ? resolve(folder, module).replaceAll("\\", "/") : module));
}
