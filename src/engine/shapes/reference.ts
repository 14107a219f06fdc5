import type { Shape } from "./shape.js";

/** `net.connect`, `dial`, `sock.connect` as values or callees → `Rconnect`. */
export const reference: Shape = {
  edits: ({ node, to }, { file, reference }) => [
    { start: node.getStart(file), end: node.end, text: reference(to) },
  ],
  node: (rewrite, { reference }) => reference(rewrite),
};
