import { existsSync, readFileSync, realpathSync } from "node:fs";
import { dirname, isAbsolute, join, resolve } from "node:path";
import { parse, type ParseError } from "jsonc-parser";
import type ts from "typescript";
import type { Compiler } from "./compiler.js";
import { runningTypeScript71, type Running } from "./running.js";

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
  private readonly running = new Map<string, Running | undefined>();

  /**
   * @param path an absolute path
   * @returns undefined where the file is to be read in this process, which tells what is wrong with it and where
   */
  read({ kind, version, directory }: Compiler, path: string): [Config, inputs: string[]] | undefined {
    if (kind !== "native" || version.startsWith("7.0.") || directory === undefined) return undefined;
    const chain = chainOf(path);
    const running = chain && this.runningAt(directory);
    if (!running) return undefined;
    const { fileNames, options, projectReferences, errors } = running.compiler.parseConfigFile(path);
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

  /** The processes are no longer needed for this. */
  close(): void {
    for (const each of this.running.values()) each?.release();
    this.running.clear();
  }

  private runningAt(directory: string): Running | undefined {
    if (!this.running.has(directory)) this.running.set(directory, runningTypeScript71(directory));
    return this.running.get(directory);
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
