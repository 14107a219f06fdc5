import type ts from "typescript";
import { lineEndOf } from "./line-ends.js";
import { placeImport, type ImportPlacement } from "./placement.js";
import { importStyle, runtimeImport } from "./runtime-import.js";
import { shapes } from "./shapes/index.js";
import type { Edit } from "./shapes/shape.js";
import { removeUnused } from "./unused-imports.js";
import type { FilePlan, Rewrite, TypeScript } from "./vocabulary.js";

export interface TextOptions {
  readonly placement: ImportPlacement;
  /** Whether imports that only the rewritten calls referred to are taken out. Default: they stay. */
  readonly removeUnused?: boolean;
}

/**
 * A plan as edits of the file's text, in ascending order and without overlap. No byte outside of them changes.
 */
export function textEdits(ts: TypeScript, plan: FilePlan, options: TextOptions): Edit[] {
  const { file } = plan;
  const style = importStyle(ts, file);
  const { statements, reference } = runtimeImport(plan, style, preferredQuote(file.text));
  const edits: Edit[] = outermostFirst(plan).flatMap((rewrite) => {
    const anchor = rewrite.name.getStart(file);
    const context = { ts, file, reference: () => reference(rewrite) };
    return shapes[rewrite.shape].edits(rewrite, context).map((edit) => ({ ...edit, anchor }));
  });
  const isMissing = statements.length > 0;
  const added = isMissing ? [placeImport(ts, file, statements, style, options.placement)] : [];
  const removed = options.removeUnused ? removeUnused(ts, plan) : [];
  return distinct(
    [...edits, ...inPlaceOf(file, removed, added)].filter(
      ({ start, end, text }) => start !== end || text !== "",
    ),
  );
}

/** A plan as edits of the source that a person goes on working with: the import on a line of its own, and none left unused. */
export function sourceEdits(ts: TypeScript, plan: FilePlan): Edit[] {
  if (plan.rewrites.length === 0) return [];
  return textEdits(ts, plan, { placement: "own-line", removeUnused: true });
}

/** The text with the edits carried out. */
export function applyEdits(text: string, edits: readonly Edit[]): string {
  let result = "";
  let from = 0;
  for (const edit of edits) {
    result += text.slice(from, edit.start) + edit.text;
    from = edit.end;
  }
  return result + text.slice(from);
}

const commentToLineEnd = /^[ \t]*(?:\/\/|\/\*[^\r\n]*\*\/[ \t]*(?:[\r\n]|$))/;

/** Where the runtime's import follows one that is taken out, it takes its place. */
function inPlaceOf({ text }: ts.SourceFile, removed: readonly Edit[], added: readonly Edit[]): Edit[] {
  const [insertion] = added;
  const gone =
    insertion && removed.find(({ start, end }) => start < insertion.start && insertion.start <= end);
  if (!gone) return [...removed, ...added];
  const statement = insertion.text.replace(/^(?:\r\n?|\n)/, "");
  // Its space stays too.
  const inPlace = commentToLineEnd.test(text.slice(insertion.start))
    ? { ...gone, end: insertion.start, text: statement }
    : { ...gone, text: statement + (gone.end > insertion.start ? lineEndOf(text) : "") };
  return [...removed.filter((each) => each !== gone), inPlace];
}

/** Calls that start together, as in `a.connect(1).connect(2)`, open in the order of their ends. */
function outermostFirst({ file, rewrites }: FilePlan): Rewrite[] {
  const start = ({ node }: Rewrite): number => node.getStart(file);
  return rewrites.toSorted((a, b) => start(a) - start(b) || b.node.end - a.node.end);
}

/** Sorted by position, insertions first. Two names of one import may redirect it twice: once is enough. */
function distinct(edits: readonly Edit[]): Edit[] {
  const replacements = new Set<string>();
  return edits
    .filter(({ start, end }) => {
      const key = `${start}:${end}`;
      return start === end || (!replacements.has(key) && replacements.add(key));
    })
    .toSorted((a, b) => a.start - b.start || a.end - b.end);
}

/** The quotation mark that the file's strings are written with more often. */
export function preferredQuote(text: string): string {
  const single = text.match(/(?:from|require\(|import)\s*'/g)?.length ?? 0;
  const double = text.match(/(?:from|require\(|import)\s*"/g)?.length ?? 0;
  return single > double ? "'" : '"';
}
