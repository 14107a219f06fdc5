import type { Shape } from "./shape.js";

/** `require("net")` → `require("@tsocksify/runtime/net")`: a module of the same shape. */
export const specifier: Shape = {
  edits: ({ node, to }, { file }) => [{ start: node.getStart(file) + 1, end: node.end - 1, text: to }],
  node: ({ to }, { factory }) => factory.createStringLiteral(to),
};
