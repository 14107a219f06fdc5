import type ts from "typescript";
import type { Shape } from "./shape.js";

/** `super.connect(port)` → `Rconnect.call(this, port)`: the R-form dials and looks at no override. */
export const superCall: Shape = {
  edits({ node, to }, { file, reference }) {
    const call = node as ts.CallExpression;
    const { pos } = call.arguments;
    return [
      { start: call.getStart(file), end: call.expression.end, text: `${reference(to)}.call` },
      { start: pos, end: pos, text: call.arguments.length > 0 ? "this, " : "this" },
    ];
  },
  node(rewrite, { factory, visit, reference }) {
    const call = rewrite.node as ts.CallExpression;
    const callee = factory.createPropertyAccessExpression(reference(rewrite), "call");
    return factory.createCallExpression(callee, undefined, [
      factory.createThis(),
      ...call.arguments.map((argument) => visit(argument)),
    ]);
  },
};
