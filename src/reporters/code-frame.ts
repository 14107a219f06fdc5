import type { Colors } from "picocolors/types.js";
import { columnsOf } from "./columns.js";

/** Lines and columns from 1, in UTF-16 code units. */
interface Span {
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

/** Where a line is longer than the terminal is wide, so many columns of it are shown before the place. */
const BEFORE = 20;

/**
 * The lines around a place in a file, with the place underlined.
 *
 * @param width columns
 */
export function codeFrame(text: string, span: Span, width: number, colors: Colors): string[] {
  const lines = text.split(/\r?\n/);
  const first = Math.max(1, span.line - 1);
  const last = Math.min(lines.length, span.line + 1);
  const digits = String(last).length;
  const room = Math.max(20, width - digits - 5);
  const whole = lines[span.line - 1] ?? "";
  const end = span.endLine === span.line ? span.endColumn - 1 : whole.length;
  let skip = columnsOf(printable(whole.slice(0, end))) < room ? 0 : span.column - 1;
  const before = Math.min(BEFORE, Math.floor(room / 2));
  while (skip > 0 && columnsOf(printable(whole.slice(skip - 1, span.column - 1))) <= before) skip--;

  const frame: string[] = [];
  for (let number = first; number <= last; number++) {
    const isPlace = number === span.line;
    const source = clipped(cutBefore(printable((lines[number - 1] ?? "").slice(skip)), skip > 0), room);
    if (!isPlace && source.trim() === "") continue;
    const gutter = `${isPlace ? ">" : " "} ${String(number).padStart(digits)} │`;
    frame.push(`${isPlace ? colors.bold(gutter) : colors.dim(gutter)} ${source}`.trimEnd());
    if (!isPlace) continue;
    const start = printable(whole.slice(skip, span.column - 1));
    const marked = columnsOf(printable(whole.slice(span.column - 1, end)));
    const carets = "^".repeat(Math.max(1, Math.min(marked, room - columnsOf(start))));
    frame.push(
      `${colors.dim(`  ${" ".repeat(digits)} │`)} ${" ".repeat(columnsOf(start))}${colors.red(carets)}`,
    );
  }
  return frame;
}

/** Control characters, and those that turn the direction of text around: they would move the cursor, or do worse. */
const unprintable = /[\p{Cc}\u202A-\u202E\u2066-\u2069]/gu;

/** A sign of the same width in the place of the first one, where there is more before it. */
function cutBefore(text: string, isCut: boolean): string {
  const [first] = text;
  return isCut && first !== undefined ? "…".padEnd(columnsOf(first)) + text.slice(first.length) : text;
}

/** What can be shown on a terminal without harm. Tabs take two columns. */
export function printable(text: string): string {
  return text.replaceAll("\t", "  ").replace(unprintable, "\uFFFD");
}

/** The beginning of a text that fits. */
export function clipped(text: string, room: number): string {
  if (columnsOf(text) <= room) return text;
  let kept = "";
  for (const sign of text) {
    if (columnsOf(kept + sign) > room - 1) break;
    kept += sign;
  }
  return `${kept}…`;
}
