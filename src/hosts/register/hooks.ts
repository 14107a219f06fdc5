import { fileURLToPath } from "node:url";
import { isRequired } from "./commonjs.js";
import { refuse, rewrite, rewriteFile } from "./rewrite.js";

/** What Node hands on of a module: https://nodejs.org/api/module.html#loadurl-context-nextload */
interface Loaded {
  readonly format?: string | null;
  readonly source?: string | ArrayBuffer | NodeJS.TypedArray | null;
  /** Where Node has read it, undocumented. tsx reads CommonJS from there again. */
  readonly responseURL?: string | undefined;
}

type Next<Result> = (url: string, context: object) => Result;

/** For `module.register`, in the thread of the hooks. */
export async function load(url: string, context: object, next: Next<Promise<Loaded>>): Promise<Loaded> {
  return rewritten(url, await next(url, context));
}

/** For `module.registerHooks`, in the program's own. */
export function loadSync(url: string, context: object, next: Next<Loaded>): Loaded {
  return rewritten(url, next(url, context));
}

function rewritten(url: string, loaded: Loaded): Loaded {
  const { format, source } = loaded;
  // Its text follows the comma.
  if (url.startsWith("data:") && format === "module") refuse(url.split(",", 1)[0]!, textOf(source!));
  if (!url.startsWith("file:") || (format && !/^(?:module|commonjs)(?:-typescript)?$/.test(format)))
    return loaded;
  const path = fileURLToPath(url);
  if (isRequired(path)) return loaded;
  const code = hasSource(source) ? rewrite(path, textOf(source)) : rewriteFile(path)?.code;
  if (code === undefined) return loaded;
  if (!format?.startsWith("commonjs")) return { ...loaded, source: code };
  const here = { ...loaded, responseURL: undefined };
  // By this name, tsx compiles the text that it is given.
  if (/\.c?tsx?$/.test(path)) return { ...here, format: "commonjs-typescript", source: code };
  // What has no source is required, see interceptRequire().
  return hasSource(source) ? { ...here, source: code } : here;
}

function hasSource(source: Loaded["source"]): source is NonNullable<Loaded["source"]> {
  return source !== null && source !== undefined;
}

function textOf(source: NonNullable<Loaded["source"]>): string {
  return typeof source === "string" ? source : new TextDecoder().decode(source);
}
