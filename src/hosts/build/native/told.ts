import { resolve } from "node:path";
import { withSlashes } from "../../../project/slashes.js";
import { ERROR, isError, WARNING, type NativeDiagnostic } from "./diagnostics.js";
import { formatDiagnostics } from "./format.js";
import { summaryOf } from "./summary.js";

/** A diagnostic, as the compiler has put it. */
interface Block extends NativeDiagnostic {
  /** With everything that belongs to it, up to the next one. */
  readonly printed: string;
}

/** What the compiler's command line said: its diagnostics one by one, and the rest. */
export interface Told {
  readonly diagnostics: readonly Block[];
  /** What it lists behind them: emitted files, files of the program. */
  readonly lists: readonly string[];
  /** What `--pretty` ends with, in whichever language. */
  readonly summary: string;
}

const plain = /^(?:(\S.*?)\((\d+),(\d+)\): )?(error|warning|message) TS(\d+): /;
const colours = String.raw`\u001b\[\d+m`;
const coloured = new RegExp(
  `^(?:${colours}(\\S.*?)${colours}:${colours}(\\d+)${colours}:${colours}(\\d+)${colours} - )?` +
    `${colours}(error|warning|message)${colours}${colours} TS(\\d+): ${colours}`,
);
/** `TSFILE: /…`, `/…/a.ts`, `C:/…/a.ts`: no diagnostic begins like that. */
const listed = /^(?:TSFILE: |\/|[A-Za-z]:[\\/]|[a-z]+:\/\/\/)/;
/** What follows the last diagnostic: of its own, only what has colours or is indented before them comes after an empty line. */
const summaryBehind = new RegExp(String.raw`(?<=\n\n?)\n(?! *\u001b\[)[^\n][^]*$`);

/**
 * Reads what `tsc` has printed.
 *
 * @param directory the working directory, which its paths start from
 */
export function toldOf(output: string, directory: string): Told {
  const diagnostics: (Omit<Block, "printed"> & { printed: string })[] = [];
  const lists: string[] = [];
  for (const line of output.split(/(?<=\n)/)) {
    const match = plain.exec(line) ?? coloured.exec(line);
    if (match) {
      const [, name, row, column, kind, code] = match;
      diagnostics.push({
        ...(name !== undefined && {
          fileName: withSlashes(resolve(directory, name)),
          startPosition: { line: Number(row) - 1, character: Number(column) - 1 },
        }),
        pos: 0,
        end: 0,
        code: Number(code),
        category: kind === "error" ? ERROR : WARNING,
        text: line.slice(match[0].length),
        printed: line,
      });
    } else if (listed.test(line)) lists.push(line);
    else if (diagnostics.length === 0) lists.push(line);
    else diagnostics.at(-1)!.printed += line;
  }
  const last = diagnostics.at(-1);
  const [summary = ""] = summaryBehind.exec(last?.printed ?? "") ?? [];
  if (last && summary) last.printed = last.printed.slice(0, -summary.length);
  return { diagnostics, lists: lists.filter((line) => line.trim() !== ""), summary };
}

/**
 * What the compiler has said with what this program has to say in between, as if one compiler had said it all.
 *
 * @param ours sorted
 */
export function together(
  { diagnostics, lists, summary }: Told,
  ours: readonly NativeDiagnostic[],
  directory: string,
  pretty: boolean,
): string {
  const merged: Block[] = [];
  const rest = ours.map((each) => ({
    ...each,
    printed: formatDiagnostics([each], directory, pretty) + (pretty ? "\n" : ""),
  }));
  for (const each of diagnostics) {
    while (rest[0] && isBefore(rest[0], each)) merged.push(rest.shift()!);
    merged.push(each);
  }
  merged.push(...rest);
  const counted = ours.some(isError) ? summaryOf(merged, directory).replace(/^\n/, "") : summary;
  const end = pretty ? counted : "";
  return merged.map(({ printed }) => printed).join("") + lists.join("") + end;
}

function isBefore(a: NativeDiagnostic, b: NativeDiagnostic): boolean {
  const [nameA, nameB] = [a, b].map(({ fileName }) => withSlashes(fileName ?? "")) as [string, string];
  if (nameA !== nameB) return nameA < nameB;
  const [at, other] = [a.startPosition, b.startPosition];
  if (!at || !other) return false;
  return at.line - other.line < 0 || (at.line === other.line && at.character < other.character);
}
