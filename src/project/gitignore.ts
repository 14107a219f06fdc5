import { existsSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import ignore, { type Ignore } from "ignore";
import { withSlashes } from "./slashes.js";

/** What a folder's .gitignore says of the paths below it. */
interface Rules {
  readonly folder: string;
  /** Where it says so. */
  readonly file: string;
  readonly patterns: Ignore;
}

/** The .gitignore files that are in force in a folder: its own and those above it, up to the repository's root. */
export class GitIgnore {
  private constructor(private readonly rules: readonly Rules[]) {}

  static at(folder: string): GitIgnore {
    const root = repositoryRoot(folder) ?? folder;
    let rules = new GitIgnore(ofRepository(root));
    const steps = relative(root, folder).split(/[\\/]/).filter(Boolean);
    let current = root;
    for (const step of ["", ...steps]) {
      current = join(current, step);
      rules = rules.below(current);
    }
    return rules;
  }

  /** Absolute paths of the files that are obeyed. */
  get files(): string[] {
    return this.rules.map(({ file }) => file);
  }

  /** With the .gitignore of a folder below, if it has one. */
  below(folder: string): GitIgnore {
    const own = rulesIn(folder, join(folder, ".gitignore"));
    return own ? new GitIgnore([...this.rules, own]) : this;
  }

  /** Git's rule: the last pattern that matches decides, and a deeper .gitignore comes later. */
  ignores(path: string, isFolder: boolean): boolean {
    for (const { folder, patterns } of this.rules.toReversed()) {
      const below = withSlashes(relative(folder, path));
      if (below === "" || below.startsWith("..")) continue;
      const { ignored, unignored } = patterns.test(isFolder ? `${below}/` : below);
      if (ignored || unignored) return ignored;
    }
    return false;
  }
}

/** The nearest folder, upwards, that is a Git work tree's root. */
export function repositoryRoot(folder: string): string | undefined {
  for (let current = folder; ; current = dirname(current)) {
    if (existsSync(join(current, ".git"))) return current;
    if (dirname(current) === current) return undefined;
  }
}

function ofRepository(root: string): Rules[] {
  const own = rulesIn(root, join(root, ".git/info/exclude"));
  return own ? [own] : [];
}

function rulesIn(folder: string, file: string): Rules | undefined {
  try {
    return { folder, file, patterns: ignore().add(readFileSync(file, "utf8")) };
  } catch {
    return undefined;
  }
}
