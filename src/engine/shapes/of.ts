import type ts from "typescript";
import type { MemberAccess } from "../syntax.js";
import type { TypeScript } from "../vocabulary.js";
import { startOf, triviaOf, type Shape } from "./shape.js";

/**
 * `sock.connect`, a method as a value → `Rconnect.of(sock)`: it may be an override, and may be another one later.
 *
 * `sock?.connect(port)` → `Rconnect.of(sock)?.(port)`: nothing is evaluated when there is no socket, and
 * the rest of the chain stays a chain.
 */
export const of: Shape = {
  edits({ node, to }, { ts, file, reference }) {
    const { call, access } = parts(ts, node as ts.Expression);
    const { expression: receiver } = access;
    const trivia = triviaOf(ts, file.text.slice(receiver.end, access.end));
    const chain = call && !call.questionDotToken ? "?." : "";
    const start = startOf(ts, file, receiver);
    return [
      { start: Math.min(access.getStart(file), start), end: start, text: `${reference(to)}.of(` },
      { start: receiver.end, end: access.end, text: `${trivia})${chain}` },
    ];
  },
  node(rewrite, { ts, factory, visit, reference }) {
    const { call, access } = parts(ts, rewrite.node as ts.Expression);
    const of = factory.createPropertyAccessExpression(reference(rewrite), "of");
    const bound = factory.createCallExpression(of, undefined, [visit(access.expression)]);
    if (!call) return bound;
    const args = call.arguments.map((argument) => visit(argument));
    return factory.createCallChain(
      bound,
      factory.createToken(ts.SyntaxKind.QuestionDotToken),
      undefined,
      args,
    );
  },
};

function parts(ts: TypeScript, node: ts.Expression): { call?: ts.CallExpression; access: MemberAccess } {
  const call = ts.isCallExpression(node) ? node : undefined;
  return { call, access: (call?.expression ?? node) as MemberAccess };
}
