import type ts from "typescript";
import type { TypeScript } from "../../../engine/index.js";

/**
 * TS5033, as the compiler says of each file that it can't write.
 *
 * @param refused why, by path
 */
export function refusals(ts: TypeScript, refused: ReadonlyMap<string, Error>): ts.Diagnostic[] {
  const all = [...refused].map(([path, { message }]): ts.Diagnostic => ({
    file: undefined,
    start: undefined,
    length: undefined,
    category: ts.DiagnosticCategory.Error,
    code: 5033,
    messageText: `Could not write file '${path}': ${message}.`,
  }));
  return [...ts.sortAndDeduplicateDiagnostics(all)];
}
