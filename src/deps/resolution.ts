import { existsSync, realpathSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { sourceAt } from "../project/unlisted.js";
import type { Mode } from "./imports.js";

const conditions = new Set(["node", "import"]);

/** From a specifier to a file, as Node goes: https://nodejs.org/api/esm.html#resolution-algorithm-specification */
export class Resolution {
  private constructor(
    private readonly moduleResolve: (typeof import("import-meta-resolve"))["moduleResolve"],
  ) {}

  /** The resolver of modules is itself one, which CommonJS can't require on every Node. */
  static async load(): Promise<Resolution> {
    return new Resolution((await import("import-meta-resolve")).moduleResolve);
  }

  /**
   * @param from absolute path of the file that loads it
   * @param first how it asks; the other way is tried too, since a compiler or bundler may make the one out of the other
   * @returns the absolute path, without symbolic links; undefined where there is nothing
   */
  resolve(specifier: string, from: string, first: Mode): string | undefined {
    // `./x.js` stands for x.ts in TypeScript's sources.
    if (/^\.{1,2}(?:\/|$)/.test(specifier) && /\.[cm]?tsx?$/.test(from)) {
      const source = sourceAt(resolve(dirname(from), specifier), new Set());
      if (source) return source;
    }
    return first === "import"
      ? (this.imported(specifier, from) ?? required(specifier, from))
      : (required(specifier, from) ?? this.imported(specifier, from));
  }

  private imported(specifier: string, from: string): string | undefined {
    try {
      const url = this.moduleResolve(specifier, pathToFileURL(from), conditions, false);
      return url.protocol === "file:" ? fileURLToPath(url) : undefined;
    } catch {
      return undefined;
    }
  }
}

function required(specifier: string, from: string): string | undefined {
  try {
    const path = createRequire(from).resolve(specifier);
    return existsSync(path) ? realpathSync(path) : undefined;
  } catch {
    return undefined;
  }
}
