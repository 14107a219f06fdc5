import type ts from "typescript";
import { unwrapped, type MemberAccess } from "../syntax.js";
import type { TypeScript } from "../vocabulary.js";
import { triviaOf, type Shape } from "./shape.js";

/**
 * `sock?.connect(port)` → `Rconnect.of(sock)?.(port)`: nothing is evaluated when there is no socket, and
 * the rest of the chain stays a chain.
 */
export const optional: Shape = {
  edits({ node, to }, { ts, file, reference }) {
    const { call, access } = parts(ts, node as ts.Expression);
    const callee = call?.expression ?? access;
    const { expression: receiver } = access;
    const trivia = triviaOf(ts, file.text.slice(receiver.end, callee.end));
    const chain = call && needsQuestionDot(call, access) ? "?." : "";
    return [
      { start: callee.getStart(file), end: receiver.getStart(file), text: `${reference(to)}.of(` },
      { start: receiver.end, end: callee.end, text: `${trivia})${chain}` },
    ];
  },
  node(rewrite, { ts, factory, visit, reference }) {
    const { call, access } = parts(ts, rewrite.node as ts.Expression);
    const of = factory.createPropertyAccessExpression(reference(rewrite), "of");
    const bound = factory.createCallExpression(of, undefined, [visit(access.expression)]);
    if (!call) return bound;
    const args = call.arguments.map((argument) => visit(argument));
    const isChain = call.questionDotToken !== undefined || needsQuestionDot(call, access);
    return isChain
      ? factory.createCallChain(bound, factory.createToken(ts.SyntaxKind.QuestionDotToken), undefined, args)
      : factory.createCallExpression(bound, undefined, args);
  },
};

function parts(ts: TypeScript, node: ts.Expression): { call?: ts.CallExpression; access: MemberAccess } {
  const call = ts.isCallExpression(node) ? node : undefined;
  return { call, access: unwrapped(ts, call?.expression ?? node) as MemberAccess };
}

/** `(sock?.connect)(port)` has left the chain: it throws where there is no socket, and goes on doing so. */
function needsQuestionDot(call: ts.CallExpression, access: MemberAccess): boolean {
  return call.expression === access && !call.questionDotToken;
}
