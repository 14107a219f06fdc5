import type ts from "typescript";
import { walking } from "../engine/nesting.js";
import type { Identity, Question, Resolver, TypeScript } from "../engine/vocabulary.js";
import { distinct, identify } from "./identify.js";

/** A resolver over the checker of a program in this process: TypeScript 5.0 to 6.x. */
export function inProcessResolver(ts: TypeScript, checker: ts.TypeChecker): Resolver {
  return {
    resolve: (questions) =>
      questions.map((question) => walking(question.file, () => resolve(ts, checker, question))),
  };
}

function resolve(ts: TypeScript, checker: ts.TypeChecker, question: Question): Identity {
  const symbol = symbolOf(ts, checker, question);
  const declarations = symbol?.declarations ?? [];
  if (declarations.length === 0)
    return receiverIsAny(ts, checker, question) ? { kind: "any" } : { kind: "unknown" };
  const identities = distinct(declarations.map((declaration) => identify(ts, declaration)));
  return identities.length === 1 ? identities[0]! : { kind: "mixed", of: identities };
}

function symbolOf(
  ts: TypeScript,
  checker: ts.TypeChecker,
  { name, receiver, property }: Question,
): ts.Symbol | undefined {
  const symbol =
    receiver && property !== undefined
      ? propertyOf(checker, receiver, property)
      : ts.isShorthandPropertyAssignment(name.parent)
        ? checker.getShorthandAssignmentValueSymbol(name.parent)
        : ts.isExportSpecifier(name.parent)
          ? checker.getExportSpecifierLocalTargetSymbol(name as ts.Identifier)
          : (checker.getSymbolAtLocation(name) ?? namedProperty(ts, checker, name, receiver));
  if (!symbol || !(symbol.flags & ts.SymbolFlags.Alias)) return symbol;
  const target = checker.getAliasedSymbol(symbol);
  // An import that nothing resolves: its own declaration is all there is to know.
  return target.declarations?.length ? target : symbol;
}

/** `sock?.["connect"]`: checkers know the symbol of an identifier, not always that of a string. */
function namedProperty(
  ts: TypeScript,
  checker: ts.TypeChecker,
  name: ts.Node,
  receiver: ts.Node | undefined,
): ts.Symbol | undefined {
  return receiver && ts.isStringLiteralLike(name) ? propertyOf(checker, receiver, name.text) : undefined;
}

function propertyOf(checker: ts.TypeChecker, receiver: ts.Node, name: string): ts.Symbol | undefined {
  return checker.getNonNullableType(checker.getTypeAtLocation(receiver)).getProperty(name);
}

function receiverIsAny(ts: TypeScript, checker: ts.TypeChecker, { receiver }: Question): boolean {
  if (!receiver) return false;
  return (checker.getTypeAtLocation(receiver).flags & (ts.TypeFlags.Any | ts.TypeFlags.Unknown)) !== 0;
}
