import { RUNTIME } from "../../engine/catalogue.js";

/**
 * Diagnostics that tell of a name nobody uses. A rewritten call no longer uses the import it went through; the
 * user's own text does, and is what they are told about.
 */
const unused: ReadonlySet<number> = new Set([6133, 6138, 6192, 6196, 6198, 6199]);

export function isAboutUnusedName(code: number): boolean {
  return unused.has(code);
}

/** TS2307, TS2792: the package that rewritten code imports is not installed. */
export function isMissingRuntime(code: number, text: string): boolean {
  return (code === 2307 || code === 2792) && text.includes(`'${RUNTIME}`);
}
