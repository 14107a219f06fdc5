import { readFile } from "node:fs/promises";
import { basename, dirname, resolve } from "node:path";
import { inPackage, Looks } from "../look/looks.js";
import type { Look, Message } from "../look/look.js";
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

interface Told {
  readonly errors: readonly Log[];
  readonly warnings: readonly Log[];
}

interface Loaded extends Told {
  readonly contents?: string;
  readonly loader?: string;
  readonly resolveDir: string;
  readonly watchFiles: readonly string[];
}

interface Plugin {
  readonly name: string;
  setup(build: Build): void;
}

interface Options {
  readonly absWorkingDir?: string;
  readonly loader?: Readonly<Record<string, string>>;
  readonly plugins?: readonly Plugin[];
  readonly stdin?: {
    readonly contents: string | Uint8Array;
    readonly loader?: string;
    readonly sourcefile?: string;
  };
  readonly logLevel?: string;
  readonly color?: boolean;
  metafile?: boolean;
}

type Severity = "error" | "warning";

interface Build {
  readonly initialOptions: Options;
  readonly esbuild: {
    formatMessages(
      messages: readonly Log[],
      options: { readonly kind: Severity; readonly color: boolean },
    ): Promise<string[]>;
  };
  onStart(callback: () => Told | undefined): void;
  onLoad(
    options: { readonly filter: RegExp; readonly namespace: string },
    callback: (args: {
      readonly path: string;
      /** Import attributes, since 0.19.7. */
      readonly with?: Readonly<Record<string, string>>;
    }) => Promise<Loaded | undefined>,
  ): void;
  onEnd(
    callback: (result: {
      readonly metafile?: { readonly inputs: Readonly<Record<string, object>> };
    }) => Promise<Told | undefined>,
  ): void;
}

const defaultLoaders: Readonly<Record<string, string>> = {
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
function tsocksify(): Plugin {
  const plugin: Plugin = {
    name: "tsocksify",
    setup({ initialOptions, esbuild, onStart, onLoad, onEnd }) {
      const root = initialOptions.absWorkingDir ?? process.cwd();
      const { stdin, plugins = [] } = initialOptions;
      const loaders = { ...defaultLoaders, ...initialOptions.loader };
      const looks = new Looks(root, pluginOrder);
      onStart(() => {
        looks.forget();
        if (!stdin || !isCode(stdin.loader ?? "js")) return undefined;
        const { contents, sourcefile = "<stdin>" } = stdin;
        const text = typeof contents === "string" ? contents : new TextDecoder().decode(contents);
        const look = looks.untyped(sourcefile, text, "nameless");
        return look && told(look, sourcefile);
      });

      const seen = new Set<string>();
      const filter = new RegExp(`(?:${codeExtensions(loaders).map(escaped).join("|")})$`);
      onLoad({ filter, namespace: "file" }, async ({ path, with: attributes }) => {
        const loader = loaderOf(path, loaders);
        seen.add(path);
        // What is imported as text, for example, esbuild makes that of.
        if (!isCode(loader) || attributes?.["type"] !== undefined) return undefined;
        const code = await readFile(path, "utf8");
        const look = looks.at(path, code);
        if (!look) return undefined;
        return {
          contents: look.rewritten ? withInlineMap(look.rewritten) : code,
          loader,
          resolveDir: dirname(path),
          ...told(look, path),
          watchFiles: [path, ...look.decisive, ...look.missing()],
        };
      });

      if (plugins[0] === plugin) return;
      /** At the end, esbuild itself says no word. */
      const print = async (kind: Severity, messages: readonly Log[]): Promise<void> => {
        const { logLevel = "warning", color = process.stderr.isTTY } = initialOptions;
        const isSilent = logLevel === "silent" || (logLevel === "error" && kind === "warning");
        if (messages.length === 0 || isSilent) return;
        process.stderr.write((await esbuild.formatMessages(messages, { kind, color })).join(""));
      };
      // What a plugin before this one has loaded is never asked for here.
      initialOptions.metafile = true;
      onEnd(async ({ metafile }) => {
        const errors: Log[] = [];
        const warnings: Log[] = [];
        for (const name of Object.keys(metafile?.inputs ?? {})) {
          const path = resolve(root, name);
          if (seen.has(path) || !isCode(loaderOf(path, loaders))) continue;
          const text = await readFile(path, "utf8").catch(() => "");
          const look = looks.untyped(path, text, inPackage.test(path) ? "package" : "changed");
          if (!look) continue;
          const logs = told(look, path);
          errors.push(...logs.errors);
          warnings.push(...logs.warnings);
        }
        await print("error", errors);
        await print("warning", warnings);
        return { errors, warnings };
      });
    },
  };
  return plugin;
}

function isCode(loader: string | undefined): loader is string {
  return loader !== undefined && /^[jt]sx?$/.test(loader);
}

function codeExtensions(loaders: Readonly<Record<string, string>>): string[] {
  return Object.keys(loaders).filter((extension) => isCode(loaders[extension]));
}

function escaped(text: string): string {
  return text.replaceAll(".", "\\.");
}

/** As esbuild does, by the longest extension that there is a loader for: `.worker.js` before `.js`. */
function loaderOf(path: string, loaders: Readonly<Record<string, string>>): string | undefined {
  const [, ...extensions] = basename(path).split(".");
  const longest = extensions.map((_, index) => `.${extensions.slice(index).join(".")}`);
  return loaders[[...longest, ""].find((each) => each in loaders) ?? ""];
}

function told({ text, errors, warnings }: Look, file: string): Told {
  const lines = text.split(/\r\n|\n|\r/);
  const logs = (messages: readonly Message[]): Log[] => messages.map((each) => logOf(each, file, lines));
  return { errors: logs(errors), warnings: logs(warnings) };
}

function logOf({ text, line, column }: Message, file: string, lines: readonly string[]): Log {
  const lineText = lines[line - 1] ?? "";
  return {
    text,
    location: { file, line, column: Buffer.byteLength(lineText.slice(0, column - 1)), lineText },
  };
}

export = tsocksify;
