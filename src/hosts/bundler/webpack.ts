import { relative } from "node:path";
import { Looks } from "../look/looks.js";
import type { Message } from "../look/look.js";
import type { SourceMap } from "../look/source-map.js";
import { pluginOrder } from "./order.js";

/** The part of webpack's interface for loaders that is used here; Rspack's is the same. */
interface LoaderContext {
  /** Absolute path with the query. */
  readonly resource: string;
  readonly rootContext: string;
  readonly _compilation?: object;
  addDependency(path: string): void;
  addMissingDependency(path: string): void;
  emitWarning(warning: Error): void;
  callback(error: Error | null, code?: string, map?: SourceMap | object): void;
}

/** By what is one build, or one more of a watching compiler. */
const known = new WeakMap<object, Looks>();

/**
 * The loader for webpack and Rspack, before whichever one makes JavaScript of TypeScript:
 *
 *     { test: /\.[cm]?[jt]sx?$/, enforce: "pre", loader: "tsocksify/webpack" }
 */
function tsocksify(this: LoaderContext, code: string, map?: object): void {
  const { resource, rootContext } = this;
  let look;
  try {
    look = looksFor(this).at(resource, code);
  } catch (error) {
    return this.callback(error as Error);
  }
  if (!look) return this.callback(null, code, map);
  const name = relative(rootContext, resource).replaceAll("\\", "/");
  const told = (messages: readonly Message[]): string =>
    messages.map(({ text, line, column }) => `${name}:${line}:${column}: ${text}`).join("\n");
  for (const each of look.decisive) this.addDependency(each);
  // Those who keep a cache between builds ask for it, too.
  for (const each of look.missing()) this.addMissingDependency(each);
  for (const each of look.warnings) this.emitWarning(new Error(told([each])));
  if (look.errors.length > 0) return this.callback(new Error(told(look.errors)));
  if (look.rewritten) return this.callback(null, look.rewritten.code, look.rewritten.map);
  this.callback(null, code, map);
}

function looksFor({ _compilation, rootContext }: LoaderContext): Looks {
  const before = _compilation && known.get(_compilation);
  if (before) return before;
  const looks = new Looks(rootContext, pluginOrder);
  if (_compilation) known.set(_compilation, looks);
  return looks;
}

export = tsocksify;
