import { relative } from "node:path";
import { ERROR, type NativeDiagnostic } from "./diagnostics.js";

const escape = (code: string): string => `\u001b[${code}m`;
const reset = escape("0");
const paint = (text: string, code: string): string => escape(code) + text + reset;

/** As `tsc` prints diagnostics where the API of the compiler can't. */
export function formatDiagnostics(
  diagnostics: readonly NativeDiagnostic[],
  directory: string,
  pretty: boolean,
): string {
  return diagnostics
    .map((each) => (pretty ? withContext(each, directory) : plain(each, directory)))
    .join(pretty ? "\n" : "");
}

function plain({ fileName, startPosition: at, ...diagnostic }: NativeDiagnostic, directory: string): string {
  const { source = "TS", code, category } = diagnostic;
  const place = fileName && at ? `${pathOf(fileName, directory)}(${at.line + 1},${at.character + 1}): ` : "";
  return `${place}${category === ERROR ? "error" : "warning"} ${source}${code}: ${messageOf(diagnostic)}\n`;
}

function withContext(diagnostic: NativeDiagnostic, directory: string): string {
  const { fileName, startPosition: at, source = "TS", code, category } = diagnostic;
  const color = category === ERROR ? "91" : "93";
  const place =
    fileName && at
      ? `${paint(pathOf(fileName, directory), "96")}:${paint(`${at.line + 1}`, "93")}:${paint(`${at.character + 1}`, "93")} - `
      : "";
  const kind = paint(category === ERROR ? "error" : "warning", color) + paint(` ${source}${code}: `, "90");
  return `${place}${kind}${messageOf(diagnostic)}\n${contextOf(diagnostic, color)}\n`;
}

function contextOf(
  { startPosition, endPosition, sourceLines = [] }: NativeDiagnostic,
  color: string,
): string {
  if (!startPosition || !endPosition) return "";
  const gutter = `${endPosition.line + 1}`.length;
  return sourceLines
    .map(({ line, text }) => {
      const content = text.trimEnd().replaceAll("\t", " ");
      const from = line === startPosition.line ? startPosition.character : 0;
      const to = line === endPosition.line ? Math.max(endPosition.character, from + 1) : content.length;
      const marks = " ".repeat(from) + "~".repeat(Math.max(0, to - from));
      const number = paint(`${line + 1}`.padStart(gutter), "7");
      return `\n${number} ${content}\n${paint(" ".repeat(gutter), "7")} ${escape(color)}${marks}${reset}`;
    })
    .join("");
}

function messageOf(
  { text, messageChain = [] }: Pick<NativeDiagnostic, "text" | "messageChain">,
  depth = 1,
): string {
  return [text, ...messageChain.map((each) => "  ".repeat(depth) + messageOf(each, depth + 1))].join("\n");
}

function pathOf(fileName: string, directory: string): string {
  return relative(directory, fileName).replaceAll("\\", "/");
}
