import type ts from "typescript";
import { unwrapped } from "../engine/syntax.js";
import type { Identity, TypeScript } from "../engine/vocabulary.js";
import type { SocketCall } from "../tables/schema.js";

/** What the contract has to know of names: the resolver's answers, and what the tables say of socket functions. */
export interface Names {
  readonly ts: TypeScript;
  identityOf(name: ts.Node): Identity | undefined;
  /** The part that a name plays in the contract, where it is a socket function's. */
  socketCall(name: ts.Node): SocketCall | undefined;
}

/** The place of the declaration that a name refers to; the key of variables and functions. */
export function placeOf(names: Names, name: ts.Node): string | undefined {
  const identity = names.identityOf(name);
  return identity?.kind === "user" ? keyOf(identity.declaration) : undefined;
}

export function placeOfDeclaration(declaration: ts.Node): string {
  const file = declaration.getSourceFile();
  return keyOf({ fileName: file.fileName, start: declaration.getStart(file) });
}

function keyOf({ fileName, start }: { readonly fileName: string; readonly start: number }): string {
  return `${fileName}:${start}`;
}

/** The name that an expression is reached by: `s`, `this.s`, `a.b.s`. */
export function nameOf({ ts }: Names, expression: ts.Expression): ts.Node | undefined {
  const inner = unwrapped(ts, expression);
  if (ts.isIdentifier(inner)) return inner;
  if (ts.isPropertyAccessExpression(inner)) return inner.name;
  return undefined;
}

/** Every name in an expression: identifiers and the text of strings, for flags such as SOCK_NONBLOCK. */
export function mentions({ ts }: Names, node: ts.Node, wanted: ReadonlySet<string>): boolean {
  if ((ts.isIdentifier(node) || ts.isStringLiteralLike(node)) && wanted.has(node.text)) return true;
  return ts.forEachChild(node, (child) => mentions({ ts } as Names, child, wanted) || undefined) ?? false;
}
