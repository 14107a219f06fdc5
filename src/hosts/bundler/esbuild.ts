import { readFile } from "node:fs/promises";
import { dirname, extname } from "node:path";
import { Looks } from "../look/looks.js";
import type { Message } from "../look/look.js";
import { withInlineMap } from "../look/source-map.js";
import { pluginOrder } from "./order.js";

/** The part of esbuild's interface that is used here. Columns count from 0 and in bytes. */
interface Log {
  readonly text: string;
  readonly location: {
    readonly file: string;
    readonly line: number;
    readonly column: number;
    readonly lineText: string;
  };
}

interface Loaded {
  readonly contents?: string;
  readonly loader?: string;
  readonly resolveDir: string;
  readonly errors: readonly Log[];
  readonly warnings: readonly Log[];
  readonly watchFiles: readonly string[];
}

interface Build {
  readonly initialOptions: {
    readonly absWorkingDir?: string;
    readonly loader?: Readonly<Record<string, string>>;
  };
  onStart(callback: () => void): void;
  onLoad(
    options: { readonly filter: RegExp; readonly namespace: string },
    callback: (args: { readonly path: string }) => Promise<Loaded | undefined>,
  ): void;
}

const loaders: Readonly<Record<string, string>> = {
  ".ts": "ts",
  ".mts": "ts",
  ".cts": "ts",
  ".tsx": "tsx",
  ".js": "js",
  ".mjs": "js",
  ".cjs": "js",
  ".jsx": "jsx",
};

/**
 * The plugin for esbuild:
 *
 *     import tsocksify from "tsocksify/esbuild";
 *     await build({ plugins: [tsocksify()], … });
 *
 * Of several plugins that load a file, esbuild asks the first one alone: put this one first. Files without call sites are
 * left to the others.
 */
function tsocksify(): { name: string; setup(build: Build): void } {
  return {
    name: "tsocksify",
    setup({ initialOptions, onStart, onLoad }) {
      const looks = new Looks(initialOptions.absWorkingDir ?? process.cwd(), pluginOrder);
      onStart(() => looks.forget());
      onLoad({ filter: /\.[cm]?[jt]sx?$/, namespace: "file" }, async ({ path }) => {
        const code = await readFile(path, "utf8");
        const look = looks.at(path, code);
        if (!look) return undefined;
        const lines = look.text.split(/\r\n|\n|\r/);
        const logs = (messages: readonly Message[]): Log[] =>
          messages.map((each) => logOf(each, path, lines));
        const extension = extname(path);
        return {
          contents: look.rewritten ? withInlineMap(look.rewritten) : code,
          loader: initialOptions.loader?.[extension] ?? loaders[extension]!,
          resolveDir: dirname(path),
          errors: logs(look.errors),
          warnings: logs(look.warnings),
          watchFiles: [path, ...look.decisive],
        };
      });
    },
  };
}

function logOf({ text, line, column }: Message, file: string, lines: readonly string[]): Log {
  const lineText = lines[line - 1] ?? "";
  return {
    text,
    location: { file, line, column: Buffer.byteLength(lineText.slice(0, column - 1)), lineText },
  };
}

export = tsocksify;
