import type ts from "typescript";
import type { Shape } from "./shape.js";

/**
 * `globalThis.EventSource ?? Polyfill`, which asks whether there is one → `(globalThis.EventSource && REventSource) ??
 * Polyfill`.
 */
export const detected: Shape = {
  edits: ({ node, to }, { file, reference }) => [
    { start: node.getStart(file), end: node.getStart(file), text: "(" },
    { start: node.end, end: node.end, text: ` && ${reference(to)})` },
  ],
  node: (rewrite, { factory, reference }) =>
    factory.createParenthesizedExpression(
      factory.createLogicalAnd(rewrite.node as ts.Expression, reference(rewrite)),
    ),
};
