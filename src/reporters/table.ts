import { columnsOf, wrapped } from "./columns.js";

const GAP = "  ";
/** Below this, a column breaks every word. */
const NARROWEST = 8;

/**
 * Rows of cells in columns, the widest of which give way until a row fits; cells break at their spaces, and words that
 * are wider than their column anywhere.
 *
 * @param width columns of the terminal
 */
export function tableLines(rows: readonly (readonly string[])[], width: number): string[] {
  const widths = rows[0]!.map((_, index) => Math.max(...rows.map((row) => columnsOf(row[index]!))));
  const words = rows[0]!.map((_, index) =>
    Math.max(...rows.flatMap((row) => row[index]!.split(/\s+/).map(columnsOf))),
  );
  const room = width - GAP.length * (widths.length - 1);
  // Words stay whole as long as that is enough.
  for (const least of [words, words.map(() => NARROWEST)])
    while (sum(widths) > room) {
      const spare = widths.map((each, index) => (each > least[index]! ? each : 0));
      const widest = spare.indexOf(Math.max(...spare));
      if (spare[widest] === 0) break;
      widths[widest]!--;
    }
  return rows.flatMap((row) => {
    const cells = row.map((cell, index) =>
      wrapped(cell, widths[index]!).flatMap((word) => cut(word, widths[index]!)),
    );
    const height = Math.max(...cells.map(({ length }) => length));
    return Array.from({ length: height }, (_, line) =>
      cells
        .map((cell, index) => padded(cell[line] ?? "", widths[index]!))
        .join(GAP)
        .trimEnd(),
    );
  });
}

function cut(line: string, width: number): string[] {
  if (columnsOf(line) <= width) return [line];
  const signs = [...line];
  let length = width;
  while (columnsOf(signs.slice(0, length).join("")) > width) length--;
  return [signs.slice(0, length).join(""), ...cut(signs.slice(length).join(""), width)];
}

function padded(text: string, width: number): string {
  return text + " ".repeat(Math.max(0, width - columnsOf(text)));
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}
