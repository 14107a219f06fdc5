import type ts from "typescript";
import type { Shape } from "./shape.js";

/** `{ connect }` → `{ connect: Rconnect }`. */
export const shorthand: Shape = {
  edits: ({ node, to }, { reference }) => [{ start: node.end, end: node.end, text: `: ${reference(to)}` }],
  node(rewrite, { factory, reference }) {
    const { name } = rewrite.node as ts.ShorthandPropertyAssignment;
    return factory.createPropertyAssignment(factory.createIdentifier(name.text), reference(rewrite));
  },
};
