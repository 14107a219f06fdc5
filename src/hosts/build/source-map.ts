import { decode, encode, type SourceMapSegment } from "@jridgewell/sourcemap-codec";
import type { EditedText } from "./edited.js";
import { Lines } from "./lines.js";

/** A source map as the compilers write it. */
interface SourceMap {
  sources: string[];
  mappings: string;
  sourcesContent?: (string | null)[];
}

/** The edited text of a source, by its name in the map; undefined where it was compiled as the user wrote it. */
export type EditedSources = (source: string) => EditedText | undefined;

/**
 * The map of a file that was emitted from edited texts, made to lead to the user's texts instead.
 *
 * @param json the map as the compiler wrote it
 * @returns the same map otherwise: same fields in the same order
 */
export function composeMap(json: string, editedOf: EditedSources): string {
  const map = JSON.parse(json) as SourceMap;
  const edited = map.sources.map((source) => editedOf(source));
  if (edited.every((text) => text === undefined)) return json;
  const lines = edited.map((text) => text && { from: new Lines(text.text), to: new Lines(text.original) });
  const composed = decode(map.mappings).map((line) =>
    line.map((segment): SourceMapSegment => {
      if (segment.length === 1) return segment;
      const [column, source, sourceLine, sourceColumn, ...name] = segment;
      const text = edited[source];
      const { from, to } = lines[source] ?? {};
      if (!text || !from || !to) return segment;
      const original = text.originalOf(from.positionOf(sourceLine, sourceColumn));
      if (original === undefined) return [column];
      const at = to.at(original);
      return [column, source, at.line, at.character, ...name] as SourceMapSegment;
    }),
  );
  map.mappings = encode(composed);
  map.sourcesContent &&= map.sourcesContent.map((text, index) => edited[index]?.original ?? text);
  return JSON.stringify(map);
}

/** The map of a file that was emitted elsewhere: each source by another name. */
export function relocateMap(json: string, move: (source: string) => string): string {
  const map = JSON.parse(json) as SourceMap;
  map.sources = map.sources.map((source) => move(source));
  return JSON.stringify(map);
}

/** {@link composeMap} for JavaScript that carries its map with it; any other text stays as it is. */
export function composeInlineMap(text: string, editedOf: EditedSources): string {
  return changeInlineMap(text, (json) => composeMap(json, editedOf));
}

/** {@link relocateMap} for JavaScript that carries its map with it. */
export function relocateInlineMap(text: string, move: (source: string) => string): string {
  return changeInlineMap(text, (json) => relocateMap(json, move));
}

const inline =
  /^\/\/# sourceMappingURL=data:application\/json;(?:charset=utf-8;)?base64,([A-Za-z0-9+/=]+)\s*$/m;

function changeInlineMap(text: string, change: (json: string) => string): string {
  return text.replace(inline, (comment, base64: string) => {
    const changed = change(Buffer.from(base64, "base64").toString("utf8"));
    return comment.replace(base64, Buffer.from(changed, "utf8").toString("base64"));
  });
}
