import { encode, type SourceMapSegment } from "@jridgewell/sourcemap-codec";
import type { EditedText } from "../build/edited.js";
import { Lines } from "../build/lines.js";

/** A source map of version 3, as bundlers take it. */
export interface SourceMap {
  readonly version: 3;
  readonly sources: string[];
  readonly sourcesContent: string[];
  readonly names: string[];
  readonly mappings: string;
}

/** Words, gaps and signs: what bundlers and debuggers ask for begins at one of these. */
const token = /[\w$]+|\s+|[^\w$\s]/gu;

/**
 * From an edited text to the original, word by word. What an edit wrote leads to the call site that it stands for; the
 * runtime's import leads nowhere.
 *
 * @param source what the map calls the original
 */
export function sourceMapOf(edited: EditedText, source: string): SourceMap {
  const [from, to] = [new Lines(edited.text), new Lines(edited.original)];
  const lines: SourceMapSegment[][] = [];
  for (const { index } of edited.text.matchAll(token)) {
    const { line, character } = from.at(index);
    const original = edited.originalOf(index);
    const at = original === undefined ? undefined : to.at(original);
    while (lines.length <= line) lines.push([]);
    lines[line]!.push(at ? [character, 0, at.line, at.character] : [character]);
  }
  return {
    version: 3,
    sources: [source],
    sourcesContent: [edited.original],
    names: [],
    mappings: encode(lines),
  };
}

/** A text with its map at its end, on a line of its own: no other one moves. */
export function withInlineMap({ code, map }: { readonly code: string; readonly map: SourceMap }): string {
  const encoded = Buffer.from(JSON.stringify(map)).toString("base64");
  return `${code}\n//# sourceMappingURL=data:application/json;base64,${encoded}\n`;
}
