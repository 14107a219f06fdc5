import { existsSync, readFileSync, realpathSync } from "node:fs";
import { dirname, isAbsolute, join, resolve } from "node:path";
import { parse, type ParseError } from "jsonc-parser";
import type ts from "typescript";
import { Builder71 } from "../resolvers/typescript-7.1.js";
import type { Compiler } from "./compiler.js";

/** What is wanted of a tsconfig.json before its program is opened. */
export interface Config {
  readonly fileNames: string[];
  readonly options: ts.CompilerOptions;
  readonly projectReferences?: readonly ts.ProjectReference[] | undefined;
}

/** "No inputs were found": a solution, or a folder that is still empty. */
export const noInputs: ReadonlySet<number> = new Set([18002, 18003]);

/**
 * tsconfig.json files as a project's own TypeScript 7.1 reads them, so that no other TypeScript has to be loaded for that. 7.0
 * is not asked: its API tells no errors.
 */
export class NativeConfigs {
  private readonly running = new Map<string, Builder71 | undefined>();

  /**
   * @param path an absolute path
   * @returns undefined where the file is to be read in this process, which tells what is wrong with it and where
   */
  read({ kind, version, directory }: Compiler, path: string): [Config, inputs: string[]] | undefined {
    if (kind !== "native" || version.startsWith("7.0.") || directory === undefined) return undefined;
    const chain = chainOf(path);
    const compiler = chain && this.compiler(directory);
    if (!compiler) return undefined;
    const { fileNames, options, projectReferences, errors } = compiler.parseConfigFile(path);
    if (errors.some(({ code }) => !noInputs.has(code))) return undefined;
    // Of an entry, the compiler passes on nothing but the name that editors use.
    const plugins = (chain.plugins ?? undefined) as ts.PluginImport[] | undefined;
    const config = {
      fileNames: [...fileNames],
      options: { ...(options as ts.CompilerOptions), plugins },
      projectReferences,
    };
    return [config, chain.inputs];
  }

  /** Ends the processes that were started. */
  close(): void {
    for (const compiler of this.running.values()) compiler?.close();
    this.running.clear();
  }

  private compiler(directory: string): Builder71 | undefined {
    if (!this.running.has(directory)) this.running.set(directory, start(directory));
    return this.running.get(directory);
  }
}

function start(directory: string): Builder71 | undefined {
  try {
    return new Builder71({ packageFolder: directory, directory: process.cwd() });
  } catch {
    // Its executable is a package of its own, and may not be installed for this platform.
    return undefined;
  }
}

/** A tsconfig.json with what it extends. */
interface Chain {
  readonly inputs: string[];
  /** The nearest that is said; null where it is said that there are none. */
  readonly plugins: unknown;
}

/** @returns undefined where something is wrong, or a name is not one that leads to a file by itself */
function chainOf(path: string, below: readonly string[] = []): Chain | undefined {
  if (below.includes(path)) return undefined;
  const content = contentOf(path);
  if (!content) return undefined;
  const bases = [content["extends"] ?? []].flat() as unknown[];
  const inputs = [path];
  let plugins: unknown;
  for (const name of bases) {
    const found = typeof name === "string" ? baseOf(path, name) : undefined;
    const base = found && chainOf(found[0]!, [...below, path]);
    if (!base) return undefined;
    inputs.push(...found.slice(1), ...base.inputs);
    plugins = base.plugins === undefined ? plugins : base.plugins;
  }
  const own = content["compilerOptions"] as { plugins?: unknown } | undefined;
  if (own?.plugins !== undefined) plugins = own.plugins;
  return { inputs: [...new Set(inputs)], plugins };
}

function contentOf(path: string): Readonly<Record<string, unknown>> | undefined {
  const errors: ParseError[] = [];
  try {
    const text = readFileSync(path, "utf8").replace(/^\uFEFF/, "");
    const content: unknown = parse(text, errors, { allowTrailingComma: true });
    const isObject = typeof content === "object" && content !== null && !Array.isArray(content);
    return isObject && errors.length === 0 ? (content as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

/** @returns the file that is extended and, of one in a package, its package.json */
function baseOf(config: string, name: string): string[] | undefined {
  if (isAbsolute(name) || /^\.\.?[\\/]/.test(name)) {
    const path = resolve(dirname(config), name);
    const file = existsSync(path) || name.endsWith(".json") ? path : `${path}.json`;
    return existsSync(file) ? [file] : undefined;
  }
  const [, packageName, rest] = /^((?:@[^/]+\/)?[^/@.][^/]*)\/(.+\.json)$/.exec(name) ?? [];
  if (packageName === undefined) return undefined;
  for (let folder = dirname(config); ; folder = dirname(folder)) {
    const place = join(folder, "node_modules", packageName);
    if (existsSync(place)) {
      const manifest = join(place, "package.json");
      const [file, content] = [join(place, rest!), contentOf(manifest)];
      // What a package exports, or calls its configuration, is for a compiler to work out.
      return existsSync(file) && content && !("exports" in content)
        ? [realpathSync(file), manifest]
        : undefined;
    }
    if (dirname(folder) === folder) return undefined;
  }
}
