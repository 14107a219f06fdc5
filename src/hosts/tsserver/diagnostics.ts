import type ts from "typescript";
import type { TypeScript } from "../../engine/index.js";
import { version } from "../../version.js";
import { diagnosticsOf } from "../tspatch/diagnostics.js";
import type { Look } from "./look.js";

/** The findings of a file that no comment suppresses. */
export function findingsIn(look: Look, fileName: string): ts.Diagnostic[] {
  const plan = look.planOf(fileName);
  return plan ? diagnosticsOf(look.ts, [plan]) : [];
}

/** No finding has it. */
const FAULT = 90_000;

/** At the start of a file: that nothing can be told of it, and why. Silence would look like a clean file. */
export function faultIn(ts: TypeScript, file: ts.SourceFile | undefined, error: unknown): ts.Diagnostic {
  return {
    file,
    start: 0,
    length: Math.min(1, file?.text.length ?? 0),
    category: ts.DiagnosticCategory.Error,
    code: FAULT,
    source: "tsocksify",
    messageText: `tsocksify ${version} can't tell what this file does with sockets: ${(error as Error).message}`,
  };
}
