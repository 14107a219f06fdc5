import { readdirSync, realpathSync, statSync, type Dirent } from "node:fs";
import { join } from "node:path";
import { GitIgnore } from "./gitignore.js";
import { isGone } from "./gone.js";

/** What a tree has in it. */
export interface Found {
  readonly sources: string[];
  /** Every tsconfig.json. */
  readonly tsconfigs: string[];
  /** Every file that leaves others out, .gitignore. */
  readonly ignoreFiles: string[];
}

/** Folders that hold other people's code, or none. */
const skipped = new Set([
  "node_modules",
  "bower_components",
  "jspm_packages",
  ".git",
  ".hg",
  ".svn",
  ".yarn",
]);

/**
 * Source files below a folder, without what .gitignore leaves out. Symbolic links are followed, each place once.
 *
 * @param isExcluded patterns of the configuration
 */
export function walk(folder: string, isExcluded: (path: string) => boolean): Found {
  const found = { sources: [] as string[], tsconfigs: [] as string[], ignoreFiles: new Set<string>() };
  const seen = new Set<string>();

  const enter = (directory: string, rules: GitIgnore): void => {
    if (seen.has(directory)) return;
    seen.add(directory);
    for (const file of rules.files) found.ignoreFiles.add(file);
    for (const entry of entriesOf(directory)) {
      const path = join(directory, entry.name);
      if (entry.isSymbolicLink()) follow(path, rules);
      else if (entry.isDirectory()) visitFolder(path, entry.name, rules);
      else if (entry.isFile()) visitFile(path, entry.name, rules);
    }
  };

  const visitFolder = (path: string, name: string, rules: GitIgnore): void => {
    if (!skipped.has(name) && !rules.ignores(path, true) && !isExcluded(`${path}/`))
      enter(path, rules.below(path));
  };

  const visitFile = (path: string, name: string, rules: GitIgnore): void => {
    const isTsconfig = name === "tsconfig.json";
    if (seen.has(path) || (!isTsconfig && !isSource(name))) return;
    if (rules.ignores(path, false) || isExcluded(path)) return;
    seen.add(path);
    (isTsconfig ? found.tsconfigs : found.sources).push(path);
  };

  const follow = (link: string, rules: GitIgnore): void => {
    if (rules.ignores(link, false) || isExcluded(link)) return;
    const target = targetOf(link);
    if (!target || target.split(/[\\/]/).some((step) => skipped.has(step))) return;
    const name = target.split(/[\\/]/).at(-1)!;
    const stats = statSync(target, { throwIfNoEntry: false });
    if (stats?.isDirectory()) visitFolder(target, name, GitIgnore.at(target));
    else if (stats) visitFile(target, name, rules);
  };

  const root = realpathSync(folder);
  // Folders of programs that run come and go; the one that was asked for has to be there.
  const entriesOf = (directory: string): Dirent[] => {
    try {
      return readdirSync(directory, { withFileTypes: true });
    } catch (error) {
      if (directory === root || !isGone(directory)) throw error;
      return [];
    }
  };
  enter(root, GitIgnore.at(root));
  return {
    sources: found.sources.sort(),
    tsconfigs: found.tsconfigs.sort(),
    ignoreFiles: [...found.ignoreFiles].sort(),
  };
}

/** A program's text: TypeScript or JavaScript, and no declarations. */
export function isSource(name: string): boolean {
  return /\.[cm]?[jt]sx?$/.test(name) && !isDeclaration(name);
}

/** `x.d.ts`, `x.d.mts` and, of another extension, `x.d.css.ts`. */
export function isDeclaration(name: string): boolean {
  return /\.d\.(?:[^.]+\.)?[cm]?ts$/.test(name);
}

/** Where a link leads; undefined where it leads nowhere. */
function targetOf(link: string): string | undefined {
  try {
    return realpathSync(link);
  } catch {
    return undefined;
  }
}
