import type { MemberAccess } from "../syntax.js";
import type { Shape } from "./shape.js";

/** `open().connect`, a method as a value whose receiver has effects → `(open(), Rconnect)`. */
export const detached: Shape = {
  edits({ node, to }, { file, reference }) {
    const { expression: receiver } = node as MemberAccess;
    return [
      { start: node.getStart(file), end: node.getStart(file), text: "(" },
      { start: receiver.end, end: node.end, text: `, ${reference(to)})` },
    ];
  },
  node(rewrite, { factory, visit, reference }) {
    const { expression: receiver } = rewrite.node as MemberAccess;
    return factory.createParenthesizedExpression(factory.createComma(visit(receiver), reference(rewrite)));
  },
};
