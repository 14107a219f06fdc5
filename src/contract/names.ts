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
  if (names.ts.isPrivateIdentifier(name)) return placeOfPrivate(names.ts, name);
  const identity = names.identityOf(name);
  return identity?.kind === "user" ? keyOf(identity.declaration) : undefined;
}

/** `#s` is declared by the nearest class around it that has one: there is nobody to ask. */
function placeOfPrivate(ts: TypeScript, name: ts.PrivateIdentifier): string | undefined {
  for (let node: ts.Node = name.parent; !ts.isSourceFile(node); node = node.parent) {
    if (!ts.isClassLike(node)) continue;
    const declared = node.members.find(
      (member) => member.name && ts.isPrivateIdentifier(member.name) && member.name.text === name.text,
    );
    if (declared) return placeOfDeclaration(declared);
  }
  return undefined;
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

/** The key of what an expression names: a variable, a property, or an element by a name or a constant: `list[i]`. */
export function placeOfExpression(names: Names, expression: ts.Expression): string | undefined {
  const { ts } = names;
  const inner = unwrapped(ts, expression);
  if (!ts.isElementAccessExpression(inner)) {
    const name = nameOf(names, inner);
    return name && placeOf(names, name);
  }
  const container = nameOf(names, inner.expression);
  const place = container && placeOf(names, container);
  const index = unwrapped(ts, inner.argumentExpression);
  const key = ts.isIdentifier(index)
    ? placeOf(names, index)
    : ts.isNumericLiteral(index) || ts.isStringLiteralLike(index)
      ? index.text
      : undefined;
  return place === undefined || key === undefined ? undefined : `${place}${ELEMENT}${key}${ELEMENT}`;
}

/** Is it the key of an element, and not of a variable or a property? */
export function isElement(key: string): boolean {
  return key.endsWith(ELEMENT);
}

/** What is known of an element is no longer true where its container, or the variable that it is reached by, changes. */
export function isElementOf(key: string, place: string): boolean {
  return key.startsWith(`${place}${ELEMENT}`) || key.endsWith(`${ELEMENT}${place}${ELEMENT}`);
}

/** No name of a file has this in it. */
const ELEMENT = "\0";

/** Every name in an expression: identifiers and the text of strings, for flags such as SOCK_NONBLOCK. */
export function mentions({ ts }: Names, node: ts.Node, wanted: ReadonlySet<string>): boolean {
  if ((ts.isIdentifier(node) || ts.isStringLiteralLike(node)) && wanted.has(node.text)) return true;
  return ts.forEachChild(node, (child) => mentions({ ts } as Names, child, wanted) || undefined) ?? false;
}
