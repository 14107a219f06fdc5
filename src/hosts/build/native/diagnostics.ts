import { countingFindings, type FilePlan, type TypeScript } from "../../../engine/index.js";
import { withSlashes } from "../../../project/slashes.js";
import type { EditedText } from "../edited.js";
import { Lines } from "../lines.js";
import { isAboutUnusedName, isMissingRuntime } from "../call-errors.js";

/** A diagnostic of the native API, as far as it is read and written here. */
export interface NativeDiagnostic {
  readonly fileName?: string | undefined;
  readonly pos: number;
  readonly end: number;
  readonly startPosition?: { readonly line: number; readonly character: number } | undefined;
  readonly endPosition?: { readonly line: number; readonly character: number } | undefined;
  readonly sourceLines?: readonly { readonly line: number; readonly text: string }[] | undefined;
  readonly code: number;
  readonly category: number;
  readonly source?: string | undefined;
  readonly text: string;
  readonly messageChain?: readonly NativeDiagnostic[] | undefined;
  readonly relatedInformation?: readonly NativeDiagnostic[] | undefined;
}

export const WARNING = 0;
export const ERROR = 1;

export function isError({ category }: Pick<NativeDiagnostic, "category">): boolean {
  return category === ERROR;
}

/** Findings as diagnostics: `error SOCKS1001: …`. */
export function findingsOf(ts: TypeScript, plans: readonly FilePlan[]): NativeDiagnostic[] {
  return plans.flatMap((plan) => {
    const { file } = plan;
    const findings = countingFindings(ts, plan);
    if (findings.length === 0) return [];
    const lines = new Lines(file.text);
    return findings.map(({ code, severity, start, end, message }) => ({
      ...placed(lines, start, end),
      fileName: file.fileName,
      code: Number(code.slice("SOCKS".length)),
      category: severity === "error" ? ERROR : WARNING,
      source: "SOCKS",
      text: `${message}.`,
    }));
  });
}

/**
 * TS5033, as the compiler says of each file that it can't write.
 *
 * @param refused why, by path
 */
export function refusals(refused: ReadonlyMap<string, unknown>): NativeDiagnostic[] {
  return [...refused]
    .map(([path, error]) => ({
      pos: 0,
      end: 0,
      code: 5033,
      category: ERROR,
      text: `Could not write file '${withSlashes(path)}': ${(error as Error).message}.`,
    }))
    .sort((a, b) => (a.text < b.text ? -1 : 1));
}

/** TS5055, as the compiler says of each file that is one of its sources, too. */
export function overwrites(paths: readonly string[]): NativeDiagnostic[] {
  return paths.toSorted().map((path) => ({
    pos: 0,
    end: 0,
    code: 5055,
    category: ERROR,
    text: `Cannot write file '${withSlashes(path)}' because it would overwrite input file.`,
  }));
}

/**
 * What the checker says of rewritten calls: errors of the edited texts that the user's own have not, at the user's
 * own positions.
 *
 * @param own what it says of the user's texts
 * @param rewritten what it says of the edited ones
 */
export function callErrors(
  own: readonly NativeDiagnostic[],
  rewritten: readonly NativeDiagnostic[],
  edited: ReadonlyMap<string, EditedText>,
): NativeDiagnostic[] {
  const known = new Set(own.map((each) => lineOf(located(each, edited))));
  const missing = rewritten.filter(({ code, text }) => isMissingRuntime(code, text));
  // Without the runtime's types every R-call is an error, and only one of them matters.
  return (missing.length > 0 ? missing : rewritten)
    .filter(({ code, category }) => category === ERROR && !isAboutUnusedName(code))
    .map((each) => atOriginal(each, edited))
    .filter((each) => !known.has(lineOf(each)));
}

/** TypeScript 7.0 tells no lines. */
function located(diagnostic: NativeDiagnostic, edited: ReadonlyMap<string, EditedText>): NativeDiagnostic {
  const text = diagnostic.fileName === undefined ? undefined : edited.get(diagnostic.fileName);
  return text
    ? { ...diagnostic, ...placed(new Lines(text.original), diagnostic.pos, diagnostic.end) }
    : diagnostic;
}

/** One error a line: the checker may put the same complaint another way. */
function lineOf({ fileName, startPosition }: NativeDiagnostic): string {
  return `${fileName}:${startPosition?.line}`;
}

function keyOf({ fileName, pos, code }: NativeDiagnostic): string {
  return `${fileName}:${pos}:${code}`;
}

function atOriginal(diagnostic: NativeDiagnostic, edited: ReadonlyMap<string, EditedText>): NativeDiagnostic {
  const text = diagnostic.fileName === undefined ? undefined : edited.get(diagnostic.fileName);
  const relatedInformation = diagnostic.relatedInformation?.map((each) => atOriginal(each, edited));
  if (!text) return { ...diagnostic, relatedInformation };
  const start = text.nearestOf(diagnostic.pos);
  const end = Math.max(start, text.nearestOf(diagnostic.end));
  return { ...diagnostic, ...placed(new Lines(text.original), start, end), relatedInformation };
}

type Placement = Pick<NativeDiagnostic, "pos" | "end" | "startPosition" | "endPosition" | "sourceLines">;

function placed(lines: Lines, pos: number, end: number): Placement {
  const startPosition = lines.at(pos);
  const endPosition = lines.at(end);
  const count = endPosition.line - startPosition.line + 1;
  const sourceLines = Array.from({ length: count }, (_, index) => startPosition.line + index)
    .filter((_, index) => count < 5 || index < 2 || index >= count - 2)
    .map((line) => ({ line, text: lines.textOf(line) }));
  return { pos, end, startPosition, endPosition, sourceLines };
}

/** By file, position and code, each once, as the compiler lists them. */
export function sorted<D extends NativeDiagnostic>(diagnostics: readonly D[]): D[] {
  const unique = new Map(diagnostics.map((each) => [`${keyOf(each)}:${each.end}:${each.text}`, each]));
  const name = (each: D): string => each.fileName ?? "";
  return [...unique.values()].sort(
    (a, b) =>
      (name(a) < name(b) ? -1 : name(a) > name(b) ? 1 : 0) ||
      a.pos - b.pos ||
      a.end - b.end ||
      a.code - b.code,
  );
}
