import { relative } from "node:path";
import { RUNTIME } from "../../engine/catalogue.js";
import { Looks } from "../look/looks.js";
import type { Look, Message } from "../look/look.js";
import type { SourceMap } from "../look/source-map.js";
import { pluginOrder } from "./order.js";

/** The part of the interface of Rollup, Rolldown and Vite that is used here; their types are for those who have them. */
interface Log {
  readonly message: string;
  readonly id: string;
  readonly loc: { readonly file: string; readonly line: number; readonly column: number };
}

interface Context {
  readonly meta: { readonly watchMode: boolean };
  addWatchFile(path: string): void;
  error(log: Log): never;
  warn(log: Log | string): void;
  /** Vite's, since 6. */
  readonly environment?: {
    readonly config?: { readonly consumer?: "client" | "server" };
    /** Where it serves. */
    readonly moduleGraph?: { onFileChange(file: string): void };
  };
}

interface Plugin {
  readonly name: string;
  readonly enforce: "pre";
  /** Vite's: watchChange is called in every environment. */
  readonly perEnvironmentWatchChangeDuringDev: true;
  config(): object;
  configResolved(config: { readonly root: string }): void;
  buildStart(): void;
  watchChange(this: Context, id: string, change: { readonly event: string }): void;
  readonly transform: {
    readonly order: "pre";
    handler(this: Context, code: string, id: string): { code: string; map: SourceMap } | null;
  };
  buildEnd(this: Context): void;
}

/**
 * The plugin for Rollup, Rolldown and Vite, to be put before all others:
 *
 *     import tsocksify from "tsocksify/rollup"; // or "tsocksify/vite"
 *     export default { plugins: [tsocksify()] };
 *
 * Options are those of the plugin's entry in tsconfig.json and of the configuration file. Findings at error level fail the
 * build. What Vite builds for a browser, where there are no sockets, stays as it is, and a warning says so.
 */
function tsocksify(): Plugin {
  let root = process.cwd();
  let looks = new Looks(root, pluginOrder);
  /** Not told yet. Vite may build several environments at once, with one plugin. */
  const browser = new Set<string>();

  return {
    name: "tsocksify",
    enforce: "pre",
    perEnvironmentWatchChangeDuringDev: true,
    // Also where it is a symbolic link, as in a monorepo: it is CommonJS, and one instance of it serves a process.
    config: () => ({ ssr: { external: [RUNTIME] } }),
    configResolved(config) {
      root = config.root;
      looks = new Looks(root, pluginOrder);
    },
    buildStart: () => looks.forget(),
    watchChange(id, { event }) {
      looks.forget();
      // What a new file changes, Vite itself asks for again only with hmr.
      if (event === "create") this.environment?.moduleGraph?.onFileChange(id);
    },
    transform: {
      order: "pre",
      handler(code, id) {
        const look = looks.at(id, code);
        if (!look) return null;
        if (this.environment?.config?.consumer === "client") {
          // What a plugin has made for a browser was never meant for Node.
          if (!id.startsWith("\0")) browser.add(relative(root, id).replaceAll("\\", "/"));
          return null;
        }
        const missing = this.meta.watchMode ? look.missing() : [];
        for (const each of [...look.decisive, ...missing]) this.addWatchFile(each);
        for (const each of look.warnings) this.warn(logOf(id, [each]));
        if (look.errors.length > 0) this.error(logOf(id, look.errors));
        return look.rewritten ?? null;
      },
    },
    buildEnd() {
      if (browser.size === 0) return;
      this.warn(
        `tsocksify: built for a browser, where there are no sockets, and left as it is: ${[...browser].join(", ")}. What runs in Node is built with build.ssr, or in an environment whose consumer is "server".`,
      );
      browser.clear();
    },
  };
}

function logOf(id: string, messages: Look["errors"]): Log {
  const [{ line, column }] = messages as [Message];
  const message = messages
    .map((each, index) => (index === 0 ? each.text : `${each.line}:${each.column}: ${each.text}`))
    .join("\n");
  return { message, id, loc: { file: id, line, column: column - 1 } };
}

export = tsocksify;
