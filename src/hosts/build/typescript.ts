import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

/** The user's own compiler. */
export interface InstalledTypeScript {
  /** The folder of the package. */
  readonly folder: string;
  readonly version: string;
  readonly major: number;
  readonly minor: number;
}

/** @returns the `typescript` that Node finds from a folder, undefined where there is none */
export function typescriptOf(folder: string): InstalledTypeScript | undefined {
  let manifest: string;
  try {
    manifest = createRequire(join(folder, "any.js")).resolve("typescript/package.json");
  } catch {
    return undefined;
  }
  const { version } = JSON.parse(readFileSync(manifest, "utf8")) as { version: string };
  const [major = 0, minor = 0] = version.split(".").map((part) => Number.parseInt(part, 10));
  return { folder: dirname(manifest), version, major, minor };
}
