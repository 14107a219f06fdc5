import Module from "node:module";
import { pathToFileURL } from "node:url";
import { interceptRequire } from "./commonjs.js";
import { interceptEvaluation } from "./evaluated.js";
import { loadSync } from "./hooks.js";
import { order, rewriteFile } from "./rewrite.js";

/** Worker threads and programs that are preloaded twice come here again. */
const done = Symbol.for("tsocksify.register");

/** Not among the declarations of Node 20. */
type RegisterHooks = (hooks: { readonly load: typeof loadSync }) => void;

/**
 * The hook for Node: `node --import tsocksify/register app.js` rewrites the program's own files as they are loaded. It is
 * for development, since it brings the compiler; for production give Node what `tsocksify build` has written.
 *
 * What is required goes through `Module.prototype.load`, what is imported through Node's hooks. Those of `registerHooks` and
 * of `register` are not one chain, so that it has to be the one that tsx takes, which comes after this one.
 */
function register(): void {
  const global = globalThis as { [done]?: true };
  if (global[done]) return;
  global[done] = true;
  refuseLoaded();
  interceptRequire();
  interceptEvaluation();
  const { registerHooks } = Module as { readonly registerHooks?: RegisterHooks };
  if (registerHooks && hasSoundHooks(process.versions.node)) registerHooks({ load: loadSync });
  else Module.register("./hooks.js", pathToFileURL(__filename));
}

/** Node loads what `--require` names before it comes to any `--import`. */
function refuseLoaded(): void {
  for (const path of Object.keys(require.cache))
    if (rewriteFile(path))
      throw new Error(
        `tsocksify/register: ${path} was loaded before, so that it is not rewritten and connects directly. ${order}`,
      );
}

/** Releases from which on hooks in the same thread see everything that is loaded; tsx draws the same line. */
function hasSoundHooks(version: string): boolean {
  const [major = 0, minor = 0, patch = 0] = version.split(".").map(Number);
  if (major === 22) return minor > 22 || (minor === 22 && patch >= 3);
  if (major === 24) return minor > 11 || (minor === 11 && patch >= 1);
  return major > 25 || (major === 25 && minor >= 1);
}

register();
