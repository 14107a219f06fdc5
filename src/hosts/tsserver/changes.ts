import type ts from "typescript";
import type { Edit } from "../../engine/index.js";

/**
 * Edits in the language server's words. Edits that touch become one: what an editor makes of two at one place is its own
 * affair.
 *
 * @param edits in ascending order, without overlap
 */
export function changesIn({ fileName }: ts.SourceFile, edits: readonly Edit[]): ts.FileTextChanges {
  const joined: Edit[] = [];
  for (const edit of edits) {
    const last = joined.at(-1);
    if (last && last.end === edit.start)
      joined.splice(-1, 1, { start: last.start, end: edit.end, text: last.text + edit.text });
    else joined.push(edit);
  }
  const textChanges = joined.map(({ start, end, text }) => ({
    span: { start, length: end - start },
    newText: text,
  }));
  return { fileName, textChanges };
}
