import type { NativeSyntaxError } from "./program.js";

/** A diagnostic of either native API, as far as it is read here. */
interface SyntacticDiagnostic {
  readonly fileName?: string | undefined;
  readonly pos: number;
  readonly code: number;
  readonly text: string;
}

/** From 8000 on: TypeScript's syntax in a JavaScript file, which says nothing of the parse. */
const isOfParser = ({ code }: SyntacticDiagnostic): boolean => code < 8000 || code >= 9000;

export function syntaxErrorsOf(diagnostics: readonly SyntacticDiagnostic[]): NativeSyntaxError[] {
  return diagnostics
    .filter(isOfParser)
    .flatMap(({ fileName, pos, text }) =>
      fileName === undefined ? [] : [{ fileName, start: pos, message: text }],
    );
}
