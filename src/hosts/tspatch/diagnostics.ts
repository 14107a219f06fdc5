import type ts from "typescript";
import { reportOf, type FilePlan, type TypeScript } from "../../engine/index.js";

/** TypeScript prints `TS` and a number: SOCKS1001 is TS91001. */
const OFFSET = 90_000;

/** Findings as diagnostics of the compiler. */
export function diagnosticsOf(ts: TypeScript, plans: readonly FilePlan[]): ts.Diagnostic[] {
  return plans.flatMap((plan) => {
    const { findings } = reportOf(ts, [plan], (fileName) => fileName);
    const counting = findings.filter(({ suppressed }) => !suppressed);
    return counting.map(({ code, severity, line, column, endLine, endColumn, message }) => {
      const start = plan.file.getPositionOfLineAndCharacter(line - 1, column - 1);
      const end = plan.file.getPositionOfLineAndCharacter(endLine - 1, endColumn - 1);
      return {
        file: plan.file,
        start,
        length: end - start,
        category: severity === "error" ? ts.DiagnosticCategory.Error : ts.DiagnosticCategory.Warning,
        code: OFFSET + Number(code.slice("SOCKS".length)),
        source: "tsocksify",
        messageText: `${code}: ${message}.`,
      };
    });
  });
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
