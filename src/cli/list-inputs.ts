import { namer } from "../project/slashes.js";
import type { Finds } from "../project/find.js";
import { inputsOf } from "../project/inputs.js";

export const listInputsOption = [
  "--list-inputs",
  "print the files that the result depends on, and do nothing else",
] as const;

/**
 * Prints them, relative to the working directory, for what caches results: a build tool, or make.
 *
 * @param more what the command itself has read
 * @returns the exit code
 */
export function listInputs(finds: Finds, more: readonly string[], cwd: string): number {
  const names = inputsOf(finds, more).map(namer(cwd)).sort();
  process.stdout.write(names.map((each) => `${each}\n`).join(""));
  return 0;
}
