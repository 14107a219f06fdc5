import { createColors } from "picocolors";
import { hunksOf } from "../hosts/codemod/patch.js";
import type { Change } from "../hosts/codemod/change.js";

/** What changes, for a person: the file's name, and its lines with what goes in red and what comes in green. */
export function diffLines({ name, before, after }: Change, color: boolean): string[] {
  const colors = createColors(color);
  const paint = (line: string): string => {
    if (line.startsWith("@@")) return colors.cyan(line);
    if (line.startsWith("-")) return colors.red(line);
    return line.startsWith("+") ? colors.green(line) : line;
  };
  // A carriage return at the end of a line would send the cursor back.
  const lines = hunksOf(before?.text ?? "", after).map((line) => line.replace(/\r$/, ""));
  return [colors.bold(name), ...lines.map(paint), ""];
}
