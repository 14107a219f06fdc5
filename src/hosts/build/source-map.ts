import { decode, encode, type SourceMapSegment } from "@jridgewell/sourcemap-codec";
import type { EditedText } from "./edited.js";
import { Lines } from "./lines.js";

/** A source map as the compilers write it. */
interface SourceMap {
  readonly sources: readonly string[];
  mappings: string;
  sourcesContent?: (string | null)[];
}

/**
 * The map of a file that was emitted from an edited text, made to lead to the user's text instead.
 *
 * @param json the map as the compiler wrote it, with one source
 * @returns the same map otherwise: same fields in the same order
 */
export function composeMap(json: string, edited: EditedText): string {
  const map = JSON.parse(json) as SourceMap;
  const from = new Lines(edited.text);
  const to = new Lines(edited.original);
  const lines = decode(map.mappings).map((line) =>
    line.map((segment): SourceMapSegment => {
      if (segment.length === 1) return segment;
      const [column, source, sourceLine, sourceColumn, ...name] = segment;
      const original = edited.originalOf(from.positionOf(sourceLine, sourceColumn));
      if (original === undefined) return [column];
      const at = to.at(original);
      return [column, source, at.line, at.character, ...name] as SourceMapSegment;
    }),
  );
  map.mappings = encode(lines);
  if (map.sourcesContent) map.sourcesContent = map.sourcesContent.map((text) => text && edited.original);
  return JSON.stringify(map);
}

const inline =
  /^\/\/# sourceMappingURL=data:application\/json;(?:charset=utf-8;)?base64,([A-Za-z0-9+/=]+)\s*$/m;

/** The same for JavaScript that carries its map with it; any other text stays as it is. */
export function composeInlineMap(text: string, edited: EditedText): string {
  return text.replace(inline, (comment, base64: string) => {
    const composed = composeMap(Buffer.from(base64, "base64").toString("utf8"), edited);
    return comment.replace(base64, Buffer.from(composed, "utf8").toString("base64"));
  });
}
