import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, dirname, join, relative } from "node:path";
import { parse, type ParseError } from "jsonc-parser";
import { jsonError } from "../project/json-error.js";
import { namingPath } from "../project/system-error.js";
import { fileOptions } from "./options.js";
import { OptionError, readOptions } from "./read.js";

/** What the configuration file says. */
export interface FileConfig {
  readonly any?: "dispatch" | "warn" | "ignore";
  readonly modules?: readonly string[];
  readonly projects?: readonly string[];
  readonly exclude?: readonly string[];
  readonly packages?: readonly string[];
  readonly maxWarnings?: number;
  readonly baseline?: string;
}

/** A configuration and where it comes from. */
export interface FoundConfig {
  readonly config: FileConfig;
  /** Absolute path of the file; undefined where there is none. */
  readonly path: string | undefined;
  /** The folder that its paths are relative to. */
  readonly root: string;
}

const names = ["json", "js", "mjs", "cjs", "ts", "mts", "cts"].map(
  (extension) => `tsocksify.config.${extension}`,
);

/**
 * The configuration that is in force in a folder: the nearest tsocksify.config.* upwards, or `tsocksify` in the
 * nearest package.json that has it.
 *
 * @throws OptionError on an unknown option, a wrong value, or a file that can't be read or run
 */
export function findConfig(cwd: string): FoundConfig {
  for (let folder = cwd; ; folder = dirname(folder)) {
    const files = names.map((name) => join(folder, name)).filter((path) => existsSync(path));
    if (files.length > 1)
      throw new OptionError(
        `${files.map((path) => relative(cwd, path)).join(" and ")}: there can be only one configuration file`,
      );
    const [unread] = strangersIn(folder);
    if (unread !== undefined)
      throw new OptionError(
        `${relative(cwd, join(folder, unread))} is not read: a configuration is called ${names.join(", ")}`,
      );
    const [path] = files;
    if (path) return { ...readConfigFile(path, cwd), path, root: folder };
    const manifest = join(folder, "package.json");
    const own = existsSync(manifest) ? packageKey(manifest, cwd) : undefined;
    if (own !== undefined)
      return {
        config: checked(own, `${relative(cwd, manifest)}, key tsocksify`),
        path: manifest,
        root: folder,
      };
    if (dirname(folder) === folder || existsSync(join(folder, ".git")))
      return { config: {}, path: undefined, root: cwd };
  }
}

/** Files of a folder that look like a configuration and that nobody reads. */
function strangersIn(folder: string): string[] {
  try {
    return readdirSync(folder).filter(
      (name) =>
        /^(?:tsocksify\.config\.[^.]+|\.tsocksifyrc(?:\.[^.]+)?)$/.test(name) && !names.includes(name),
    );
  } catch {
    // A folder above that may be entered and not be listed.
    return [];
  }
}

/**
 * @param path absolute path of a file that exists; of a package.json, its key counts
 * @throws see {@link findConfig}
 */
export function readConfigFile(path: string, cwd: string): { config: FileConfig } {
  const name = relative(cwd, path);
  if (basename(path) === "package.json") {
    const own = packageKey(path, cwd);
    if (own === undefined) throw new OptionError(`${name} has no key tsocksify`);
    return { config: checked(own, `${name}, key tsocksify`) };
  }
  return { config: checked(path.endsWith(".json") ? readJson(path, name) : run(path, name), name) };
}

function checked(written: unknown, where: string): FileConfig {
  // A promise has no options in it yet, and nobody waits for them.
  if (typeof written !== "object" || written === null || Array.isArray(written) || written instanceof Promise)
    throw new OptionError(`${where}: an object of options is expected`);
  const { $schema, ...options } = written as Record<string, unknown>;
  void $schema;
  return readOptions(options, fileOptions, where);
}

/** JSON with comments, as tsconfig.json is. */
function readJson(path: string, name: string): unknown {
  const errors: ParseError[] = [];
  const text = namingPath(path, () => readFileSync(path, "utf8"));
  const value: unknown = parse(text, errors, { allowTrailingComma: true });
  const [error] = errors;
  if (!error) return value;
  throw new OptionError(`${name}${jsonError(text, error)}`);
}

/** A program that exports the options as its default. At once: compilers don't wait for their plugins. */
function run(path: string, name: string): unknown {
  const { exit } = process;
  // It would end the command with a result that nobody has checked.
  process.exit = (code) => {
    throw new Error(`it calls process.exit(${code ?? ""})`);
  };
  try {
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- most projects have no such program
    const { createJiti } = require("jiti") as typeof import("jiti");
    const exported = createJiti(path, { fsCache: false, interopDefault: false })(path) as {
      default?: unknown;
    };
    return exported.default ?? exported;
  } catch (error) {
    const [text = "", place = ""] = (error instanceof Error ? error.message : String(error)).split("\n");
    // Where it can't be parsed, the next line is the place.
    const [, at = ""] = /^ .+?(:\d+:\d+)$/.exec(place) ?? [];
    throw new OptionError(`${name}${at} can't be run: ${text.trim()}`, { cause: error });
  } finally {
    process.exit = exit;
  }
}

function packageKey(manifest: string, cwd: string): unknown {
  const text = namingPath(manifest, () => readFileSync(manifest, "utf8"));
  try {
    return (JSON.parse(text) as { tsocksify?: unknown }).tsocksify;
  } catch (cause) {
    const errors: ParseError[] = [];
    parse(text, errors, { disallowComments: true });
    const what = errors[0] ? jsonError(text, errors[0]) : ": not JSON";
    throw new OptionError(`${relative(cwd, manifest)}${what}`, { cause });
  }
}
