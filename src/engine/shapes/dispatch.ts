import type { MemberAccess } from "../syntax.js";
import { startOf, type Shape } from "./shape.js";

/** `thing.connect(port)`, where only running it shows what the thing is → `Rdispatch(thing).connect(port)`. */
export const dispatch: Shape = {
  edits({ node, to }, { ts, file, reference }) {
    const { expression: receiver } = node as MemberAccess;
    const start = startOf(ts, file, receiver);
    return [
      { start, end: start, text: `${reference(to)}(` },
      { start: receiver.end, end: receiver.end, text: ")" },
    ];
  },
  node(rewrite, { ts, factory, visit, reference }) {
    const access = rewrite.node as MemberAccess;
    const receiver = factory.createCallExpression(reference(rewrite), undefined, [visit(access.expression)]);
    const { questionDotToken } = access;
    if (ts.isElementAccessExpression(access)) {
      const key = visit(access.argumentExpression);
      return questionDotToken
        ? factory.createElementAccessChain(receiver, questionDotToken, key)
        : factory.createElementAccessExpression(receiver, key);
    }
    return questionDotToken
      ? factory.createPropertyAccessChain(receiver, questionDotToken, access.name)
      : factory.createPropertyAccessExpression(receiver, access.name);
  },
};
