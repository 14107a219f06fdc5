import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import type { TypeScript } from "../engine/index.js";
import { bundledTypeScript } from "./bundled.js";
import { packageFolder } from "./installed.js";

/** The TypeScript that a project is looked at with. */
export interface Compiler {
  /**
   * - `own`: the project's own, 5.0 to 6.x, in this process.
   * - `native`: the project's own, 7.x.
   * - `bundled`: ours, because the project has none, or one before 5.0.
   */
  readonly kind: "own" | "native" | "bundled";
  /** The version of the project's own, and ours only where it has none. */
  readonly version: string;
  /** The folder of the package; undefined for ours. */
  readonly directory: string | undefined;
  /** A namespace of 5.0 or later in this process, to parse with: the project's own, or ours. */
  readonly ts: TypeScript;
}

const byDirectory = new Map<string, Compiler>();

/** The compiler that code in a folder would get by `require("typescript")`. */
export function compilerFor(folder: string): Compiler {
  const directory = packageFolder("typescript", folder) ?? "";
  let compiler = byDirectory.get(directory);
  if (!compiler) byDirectory.set(directory, (compiler = open(directory)));
  return compiler;
}

function open(directory: string): Compiler {
  if (directory !== "") {
    const version = versionOf(directory);
    const major = Number.parseInt(version, 10);
    if (major >= 7)
      return {
        kind: "native",
        version,
        directory,
        // Loaded when it is asked for: most projects never need it.
        get ts() {
          return bundledTypeScript();
        },
      };
    if (major >= 5) {
      const ts = createRequire(join(directory, "package.json"))(directory) as TypeScript;
      return { kind: "own", version, directory, ts };
    }
  }
  const ts = bundledTypeScript();
  return { kind: "bundled", version: ts.version, directory: undefined, ts };
}

function versionOf(directory: string): string {
  const path = join(directory, "package.json");
  if (!existsSync(path)) return "0";
  return (JSON.parse(readFileSync(path, "utf8")) as { version?: string }).version ?? "0";
}
