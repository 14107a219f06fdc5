import { relative } from "node:path";
import { ERROR, type NativeDiagnostic } from "./diagnostics.js";

const grey = (text: string): string => `\u001b[90m${text}\u001b[0m`;

/** `Found 2 errors in the same file, starting at: src/a.ts:3`: what `tsc --pretty` ends with. */
export function summaryOf(diagnostics: readonly NativeDiagnostic[], directory: string): string {
  const errors = diagnostics.filter(({ category }) => category === ERROR);
  if (errors.length === 0) return "";
  const first = new Map<string, { readonly place: string; count: number; readonly line: number }>();
  for (const { fileName, startPosition } of errors) {
    if (fileName === undefined) continue;
    const known = first.get(fileName);
    if (known) known.count++;
    else {
      const line = (startPosition?.line ?? 0) + 1;
      first.set(fileName, { place: relative(directory, fileName) + grey(`:${line}`), count: 1, line });
    }
  }
  const files = [...first.values()];
  const [only] = files;
  const count = errors.length === 1 ? "1 error" : `${errors.length} errors`;
  if (!only) return `\n\nFound ${count}.\n\n`;
  if (errors.length === 1) return `\n\nFound 1 error in ${only.place}\n\n`;
  if (files.length === 1) return `\n\nFound ${count} in the same file, starting at: ${only.place}\n\n`;
  const header = "Errors  Files";
  const width = Math.max("Errors".length, ...files.map((file) => String(file.count).length));
  const rows = files.map((file) => `${String(file.count).padStart(width)}  ${file.place}`);
  return `\n\nFound ${count} in ${files.length} files.\n\n${header}\n${rows.join("\n")}\n\n`;
}
