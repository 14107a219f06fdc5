import { existsSync, readFileSync } from "node:fs";
import { dirname, isAbsolute, resolve } from "node:path";
import { parse } from "jsonc-parser";
import { settingsOf } from "../settings.js";
import type { InstalledTypeScript } from "../typescript.js";
import { configOf, withExtended } from "./config-file.js";
import type { Outline } from "./native-build.js";
import { flagNames, flagsOf, type Flags } from "./options.js";
import { showConfig, type ResolvedConfig } from "./stock.js";

/** That of a tsconfig.json, as the compiler's own command line resolves it. */
export interface ProjectOutline extends Outline {
  readonly config: string;
  readonly resolved: ResolvedConfig;
}

/** Whether a command line names files, or a file that it goes on in. */
export function namesFiles(args: readonly string[]): boolean {
  return args.some(
    (arg, index) =>
      arg.startsWith("@") ||
      (/\.[cm]?[jt]sx?$/.test(arg) &&
        !/^--?(?:outFile|tsBuildInfoFile|p|project)$/i.test(args[index - 1] ?? "")),
  );
}

/** @returns undefined where the compiler has something to say instead, or there is no tsconfig.json */
export function projectOutline(
  typescript: InstalledTypeScript,
  args: readonly string[],
  directory: string,
): ProjectOutline | undefined {
  const config = configOf(args, directory);
  if (config === undefined || !existsSync(config)) return undefined;
  const resolved = showConfig(typescript, args, directory);
  if (!resolved) return undefined;
  const { compilerOptions, files = [], include, exclude, references } = resolved;
  const home = dirname(config);
  const options = { ...compilerOptions, ...flagsIn(config), ...flagsAmong(args) };
  return {
    config,
    resolved,
    roots: files.map((file) => resolve(home, file)),
    include,
    // The compiler's own choice is told, too: the folders that it writes to.
    exclude: exclude?.every((each) => isAbsolute(each)) ? undefined : exclude,
    options,
    circumstances: {
      version: typescript.version,
      settings: settingsOf(options.plugins, home),
      references,
    },
  };
}

/**
 * Those of a tsconfig.json and what it extends. The compiler passes on not all of them, and of an entry among the plugins
 * nothing but the name that editors use.
 */
export function flagsIn(config: string): Flags {
  const written = withExtended(config).map((path) => {
    const { compilerOptions } = (parse(readFileSync(path, "utf8")) ?? {}) as { compilerOptions?: Flags };
    return flagsOf(compilerOptions);
  });
  return Object.assign({}, ...written.reverse()) as Flags;
}

function flagsAmong(args: readonly string[]): Flags {
  return Object.fromEntries(
    args.flatMap((arg, index) => {
      const given = /^--?(.+)$/.exec(arg)?.[1]?.toLowerCase();
      const name = flagNames.find((each) => each.toLowerCase() === given);
      return name === undefined || name === "plugins" ? [] : [[name, args[index + 1] !== "false"]];
    }),
  ) as Flags;
}
