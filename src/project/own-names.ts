import { existsSync, readdirSync, readFileSync, realpathSync } from "node:fs";
import { isBuiltin } from "node:module";
import { dirname, isAbsolute, join, resolve } from "node:path";
import type ts from "typescript";
import { isRelative } from "../engine/specifiers.js";
import { manifestAbove } from "./manifest.js";
import { withSlashes } from "./slashes.js";
import { commandLineOf, type Tsconfig } from "./tsconfig.js";
import { isSource } from "./walk.js";

/**
 * What a project's files import by names that are no relative paths, and is compiled with them all the same: by `paths`,
 * `baseUrl` and `rootDirs` of its tsconfig.json, by `imports` of a package.json, by the package's own name, and packages of a
 * workspace, which are links.
 */
export class OwnNames {
  /** Absolute paths of the package.json files that say so. */
  readonly inputs = new Set<string>();
  private readonly patterns: readonly string[];
  private readonly based: ReadonlySet<string>;
  private readonly folders = new Map<string, readonly string[]>();
  private readonly links = new Map<string, boolean | undefined>();
  private readonly own = new Map<string, string | undefined>();
  private resolution: ((specifier: string, from: string) => readonly string[]) | undefined;

  constructor(private readonly tsconfig: Tsconfig) {
    const { paths, baseUrl } = tsconfig.config.options;
    this.patterns = Object.keys(paths ?? {});
    const base = baseUrl === undefined ? undefined : resolve(dirname(tsconfig.path), baseUrl);
    this.based = new Set(base !== undefined && existsSync(base) ? readdirSync(base).map(stemOf) : []);
  }

  /**
   * @param from the absolute path of the file that has the specifier
   * @returns absolute paths, with slashes, of sources: what an `import` and what a `require` finds can be two
   */
  sourcesOf(specifier: string, from: string): readonly string[] {
    const isLink = this.isLink(specifier, dirname(from));
    if (!isLink && !this.mayBeOwn(specifier, dirname(from))) return [];
    this.resolution ??= resolutionOf(this.tsconfig, this.inputs);
    // JavaScript of a package is not compiled, wherever it is.
    return this.resolution(specifier, from).filter((path) => !isLink || !/\.[cm]?jsx?$/.test(path));
  }

  /**
   * Where `paths` has a specifier first, where one pattern alone is about it.
   *
   * @returns an absolute path, with slashes, and an extension only where the specifier or the pattern has one
   */
  mapped(specifier: string): string | undefined {
    const { paths = {}, baseUrl, pathsBasePath = baseUrl } = this.tsconfig.config.options;
    const [pattern, ...others] = this.patterns.filter((each) => matches(each, specifier));
    const target = pattern === undefined ? undefined : paths[pattern]?.[0];
    if (target === undefined || others.length > 0 || typeof pathsBasePath !== "string") return undefined;
    const [before, after] = pattern!.split("*") as [string, string?];
    const part = after === undefined ? "" : specifier.slice(before.length, specifier.length - after.length);
    return withSlashes(
      resolve(
        baseUrl ?? pathsBasePath,
        target.replace("*", () => part),
      ),
    );
  }

  private mayBeOwn(specifier: string, folder: string): boolean {
    if (isRelative(specifier)) return this.tsconfig.config.options.rootDirs !== undefined;
    const name = packageOf(specifier);
    return (
      specifier.startsWith("#") ||
      isAbsolute(specifier) ||
      this.patterns.some((pattern) => matches(pattern, specifier)) ||
      this.based.has(stemOf(specifier.split("/")[0]!)) ||
      (name !== undefined && name === this.nameOf(folder))
    );
  }

  /** Is it a package, by the nearest node_modules that has it, that is a link to a folder outside of all node_modules? */
  private isLink(specifier: string, folder: string): boolean {
    const name = packageOf(specifier);
    if (name === undefined || isBuiltin(specifier)) return false;
    for (const modules of this.modulesAbove(folder)) {
      const path = join(modules, name);
      if (!this.links.has(path)) this.links.set(path, existsSync(path) ? isOutside(path) : undefined);
      const isLink = this.links.get(path);
      if (isLink !== undefined) return isLink;
    }
    return false;
  }

  /** The node_modules folders that code in a folder looks in. */
  private modulesAbove(folder: string): readonly string[] {
    const before = this.folders.get(folder);
    if (before) return before;
    const above = dirname(folder) === folder ? [] : this.modulesAbove(dirname(folder));
    const own = join(folder, "node_modules");
    const all = existsSync(own) ? [own, ...above] : above;
    this.folders.set(folder, all);
    return all;
  }

  /** The name of the package that a folder is in. */
  private nameOf(folder: string): string | undefined {
    if (!this.own.has(folder)) {
      const manifest = manifestAbove(folder);
      if (manifest !== undefined) this.inputs.add(manifest);
      this.own.set(folder, manifest === undefined ? undefined : nameIn(manifest));
    }
    return this.own.get(folder);
  }
}

/** As the compiler resolves modules, whichever way a file asks for one. */
function resolutionOf(
  tsconfig: Tsconfig,
  inputs: Set<string>,
): (specifier: string, from: string) => readonly string[] {
  const { ts } = tsconfig.compiler;
  const options: ts.CompilerOptions = { ...commandLineOf(tsconfig).options, allowJs: true };
  const folder = dirname(tsconfig.path);
  const host: ts.ModuleResolutionHost = {
    ...ts.sys,
    readFile(path) {
      inputs.add(resolve(path));
      return ts.sys.readFile(path);
    },
  };
  const cache = ts.createModuleResolutionCache(folder, (name) => name, options);
  return (specifier, from) => {
    const found = [ts.ModuleKind.ESNext, ts.ModuleKind.CommonJS].flatMap((mode) => {
      const { resolvedModule } = ts.resolveModuleName(
        specifier,
        from,
        options,
        host,
        cache,
        undefined,
        mode as ts.ResolutionMode,
      );
      return resolvedModule && isSource(resolvedModule.resolvedFileName)
        ? resolvedModule.resolvedFileName
        : [];
    });
    return [...new Set(found.map((path) => withSlashes(path)))];
  };
}

/** `@scope/name` of `@scope/name/part`; undefined for what names no package. */
function packageOf(specifier: string): string | undefined {
  return /^(?:@[^/]+\/)?[^./#@][^/]*/.exec(specifier)?.[0];
}

function stemOf(name: string): string {
  return name.replace(/(?:\.d)?\.[cm]?[jt]sx?$/, "");
}

/** Is the specifier of that pattern of `paths`? */
export function matches(pattern: string, specifier: string): boolean {
  const [before, after] = pattern.split("*") as [string, string?];
  if (after === undefined) return specifier === pattern;
  return specifier.startsWith(before) && specifier.endsWith(after);
}

function isOutside(path: string): boolean {
  return !/[\\/]node_modules[\\/]/.test(realpathSync(path));
}

function nameIn(manifest: string): string | undefined {
  try {
    const { name } = JSON.parse(readFileSync(manifest, "utf8")) as { name?: unknown };
    return typeof name === "string" ? name : undefined;
  } catch {
    return undefined;
  }
}
