import { installed, type InstalledPackage } from "../../project/installed.js";

/** The user's own compiler. */
export interface InstalledTypeScript extends InstalledPackage {
  readonly major: number;
  readonly minor: number;
}

/** @returns the `typescript` that Node finds from a folder, undefined where there is none */
export function typescriptOf(folder: string): InstalledTypeScript | undefined {
  const found = installed("typescript", folder);
  if (!found) return undefined;
  const [major = 0, minor = 0] = found.version.split(".").map((part) => Number.parseInt(part, 10));
  return { ...found, major, minor };
}
