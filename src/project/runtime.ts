import { createRequire } from "node:module";
import { join } from "node:path";
import { InputError } from "./input-error.js";
import { installed, type InstalledPackage } from "./installed.js";

/** The sub-paths of the runtime that commands use. */
interface Modules {
  readonly routes: typeof import("@tsocksify/runtime/routes");
  readonly probe: typeof import("@tsocksify/runtime/probe");
}

/** @returns the runtime that code in a folder would get, undefined where there is none */
export function runtimeOf(folder: string): InstalledPackage | undefined {
  return installed("@tsocksify/runtime", folder);
}

/**
 * A module of the runtime that a folder's program uses: what it would do is what that very version does.
 *
 * @throws InputError where none is installed, or one that hasn't got the module
 */
export function loadRuntime<Name extends keyof Modules>(folder: string, name: Name): Modules[Name] {
  const runtime = runtimeOf(folder);
  if (!runtime)
    throw new InputError("@tsocksify/runtime is not installed here: npm install @tsocksify/runtime");
  const require = createRequire(join(folder, "any.js"));
  try {
    return require(`@tsocksify/runtime/${name}`) as Modules[Name];
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ERR_PACKAGE_PATH_NOT_EXPORTED") throw error;
    throw new InputError(
      `@tsocksify/runtime ${runtime.version}, which is installed here, can't be asked: npm install @tsocksify/runtime@latest`,
    );
  }
}
