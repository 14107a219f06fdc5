import type ts from "typescript";
import type { TypeScript } from "../../../engine/index.js";

/** `TS91001: SOCKS1001: `, with the end of a colour after the compiler's code. */
const ours = new RegExp(String.raw`TS9\d{4}: ((?:\u001b\[0m)?)(SOCKS\d{4}): `, "g");

/** As `tsc` prints them. Findings get their own code in the place of the compiler's. */
export function format(ts: TypeScript, diagnostics: readonly ts.Diagnostic[], pretty: boolean): string {
  const host: ts.FormatDiagnosticsHost = {
    getCanonicalFileName: (fileName) => fileName,
    getCurrentDirectory: () => ts.sys.getCurrentDirectory(),
    getNewLine: () => ts.sys.newLine,
  };
  const text = pretty
    ? ts.formatDiagnosticsWithColorAndContext(diagnostics, host)
    : ts.formatDiagnostics(diagnostics, host);
  return text.replace(ours, "$2: $1");
}
