import type ts from "typescript";
import { countingFindings, type FilePlan, type TypeScript } from "../../engine/index.js";

/** TypeScript prints `TS` and a number: SOCKS1001 is TS91001. */
export function diagnosticCode(code: string): number {
  return 90_000 + Number(code.slice("SOCKS".length));
}

/** Findings as diagnostics of the compiler. */
export function diagnosticsOf(ts: TypeScript, plans: readonly FilePlan[]): ts.Diagnostic[] {
  return plans.flatMap((plan) =>
    countingFindings(ts, plan).map(({ code, severity, start, end, message }) => ({
      file: plan.file,
      start,
      length: end - start,
      category: severity === "error" ? ts.DiagnosticCategory.Error : ts.DiagnosticCategory.Warning,
      code: diagnosticCode(code),
      source: "tsocksify",
      messageText: `${code}: ${message}.`,
    })),
  );
}

export function formatAll(
  ts: TypeScript,
  program: ts.Program,
  diagnostics: readonly ts.Diagnostic[],
): string {
  return ts.formatDiagnostics(diagnostics, {
    getCanonicalFileName: (fileName) => fileName,
    getCurrentDirectory: () => program.getCurrentDirectory(),
    getNewLine: () => "\n",
  });
}
