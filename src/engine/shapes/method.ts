import type ts from "typescript";
import { unwrapped, type MemberAccess } from "../syntax.js";
import type { Shape } from "./shape.js";
import { startOf, triviaOf } from "./shape.js";

/** `sock.connect(port)` → `Rconnect(sock, port)`. */
export const method: Shape = {
  edits({ node, to }, { ts, file, reference }) {
    const call = node as ts.CallExpression;
    const receiver = (unwrapped(ts, call.expression) as MemberAccess).expression;
    const trivia = triviaOf(ts, file.text.slice(receiver.end, call.arguments.pos));
    const isSpaced = /^\s/.test(file.text.slice(call.arguments.pos));
    const separator = call.arguments.length > 0 ? `,${trivia}${isSpaced ? "" : " "}` : trivia;
    const start = startOf(ts, file, receiver);
    return [
      { start: Math.min(call.getStart(file), start), end: start, text: `${reference(to)}(` },
      { start: receiver.end, end: call.arguments.pos, text: separator },
    ];
  },
  node(rewrite, { ts, factory, visit, reference }) {
    const call = rewrite.node as ts.CallExpression;
    const receiver = (unwrapped(ts, call.expression) as MemberAccess).expression;
    return factory.createCallExpression(reference(rewrite), undefined, [
      visit(receiver),
      ...call.arguments.map((argument) => visit(argument)),
    ]);
  },
};
