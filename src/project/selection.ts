import { existsSync, realpathSync, statSync } from "node:fs";
import { relative, resolve } from "node:path";
import ignore from "ignore";
import { globSync, isDynamicPattern } from "tinyglobby";
import { InputError } from "./input-error.js";
import { withSlashes } from "./slashes.js";
import { isDeclaration, isSource, walk, type Found } from "./walk.js";

/** What a command is to look at. */
export interface Selection {
  /** Absolute path of the working directory. */
  readonly cwd: string;
  /** Files, folders and patterns as they were given; empty: whatever is in the projects, or else in `cwd`. */
  readonly paths: readonly string[];
  /** Absolute paths of tsconfig.json files or their folders. */
  readonly tsconfigs: readonly string[];
  /** Patterns in the syntax of .gitignore, relative to `root`. */
  readonly exclude: readonly string[];
  /** The folder of the configuration file. */
  readonly root: string;
  /** What the option `modules` names: packages, and absolute paths. */
  readonly modules?: readonly string[];
}

/** A test for the paths that the configuration leaves out. Folders end with a slash. */
export function exclusion({ exclude, root }: Selection): (path: string) => boolean {
  const patterns = ignore().add([...exclude]);
  return (path) => {
    const below = withSlashes(relative(root, path));
    if (exclude.length === 0 || below === "" || below.startsWith("..")) return false;
    return patterns.ignores(path.endsWith("/") ? `${below}/` : below);
  };
}

/**
 * The files that the given paths stand for; the sources with slashes, as a tsconfig.json's files are. What is named itself is taken although .gitignore leaves it out.
 *
 * @throws InputError where there is nothing at a path, or a pattern matches nothing
 */
export function filesAt(selection: Selection, paths: readonly string[]): Found {
  const { cwd } = selection;
  const isExcluded = exclusion(selection);
  const sources = new Set<string>();
  const tsconfigs = new Set<string>();
  const ignoreFiles = new Set<string>();
  const add = (path: string): void => {
    if (!statSync(path).isDirectory()) return void (isExcluded(path) || sources.add(path));
    const found = walk(path, isExcluded);
    for (const each of found.sources) sources.add(each);
    for (const each of found.tsconfigs) tsconfigs.add(each);
    for (const each of found.ignoreFiles) ignoreFiles.add(each);
  };
  for (const path of paths) {
    const absolute = resolve(cwd, path);
    if (existsSync(absolute)) {
      const isFile = statSync(absolute).isFile();
      if (isFile && isDeclaration(absolute)) continue;
      if (isFile && !isSource(absolute))
        throw new InputError(`${path}: neither a TypeScript nor a JavaScript file`);
      add(realpathSync(absolute));
    } else if (isDynamicPattern(withSlashes(path))) {
      const matches = globSync(withSlashes(path), {
        cwd,
        absolute: true,
        ignore: ["**/node_modules/**"],
      }).filter(isSource);
      if (matches.length === 0) throw new InputError(`${path}: no source file matches`);
      for (const match of matches) add(realpathSync(match));
    } else throw new InputError(`no such file or folder: ${path}`);
  }
  return {
    sources: [...sources].map((path) => withSlashes(path)).sort(),
    tsconfigs: [...tsconfigs].sort(),
    ignoreFiles: [...ignoreFiles].sort(),
  };
}
