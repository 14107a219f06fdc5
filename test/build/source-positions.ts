import { decodedMappings, TraceMap } from "@jridgewell/trace-mapping";

/** Where a source map leads: for each position in the source, the generated texts that come from there. */
export type Positions = ReadonlyMap<string, readonly string[]>;

/**
 * @param text the generated file
 * @returns texts by `line:column`, both from 0; a text reaches to the next mapped position of its line
 */
export function positionsOf(map: string, text: string): Positions {
  const positions = new Map<string, string[]>();
  const lines = text.split("\n");
  decodedMappings(new TraceMap(map)).forEach((segments, line) => {
    segments.forEach((segment, index) => {
      if (segment.length === 1) return;
      const [column, , sourceLine, sourceColumn] = segment;
      const key = `${sourceLine}:${sourceColumn}`;
      const generated = lines[line]!.slice(column, segments[index + 1]?.[0]);
      positions.set(key, [...(positions.get(key) ?? []), generated.trim()]);
    });
  });
  return positions;
}

export function lineOf(position: string): number {
  return Number.parseInt(position, 10);
}
