import type ts from "typescript";
import { constantOf } from "../engine/constants.js";
import type { Edit } from "../engine/shapes/shape.js";
import { argumentsOf, isWrapper, rootIdentifier, unwrapped } from "../engine/syntax.js";
import { lineOf } from "../engine/taken-out.js";
import type { Finding, Rewrite, TypeScript } from "../engine/vocabulary.js";
import { codes } from "./codes.js";

const OPTIONS: ReadonlySet<string> = new Set(["localAddress", "localPort"]);

/** What leaves the choice to the system. */
const ANYTHING: ReadonlySet<string> = new Set(["0", "", "0.0.0.0", "::", "undefined", "null"]);

/**
 * `localAddress` and `localPort` in the options of what is rewritten: a bind before connect, in the words of Node. Seen in
 * object literals that are arguments, or constants that are.
 */
export function localAddresses(ts: TypeScript, rewrites: readonly Rewrite[]): Finding[] {
  const args = rewrites.flatMap(({ shape, node }) =>
    shape === "specifier" ? argumentsThrough(ts, node) : argumentsIn(ts, node),
  );
  const properties = new Set(args.flatMap((argument) => propertiesOf(ts, argument)));
  return [...properties].flatMap((property) => findingOf(ts, property));
}

/** What calls are given that are made through the names which a redirected `require` gives to its module. */
function argumentsThrough(ts: TypeScript, specifier: ts.Node): ts.Expression[] {
  const file = specifier.getSourceFile();
  // Most files have no such option.
  const names = [...OPTIONS].some((option) => file.text.includes(option))
    ? namesFrom(ts, specifier)
    : new Set();
  if (names.size === 0) return [];
  const args: ts.Expression[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node)) {
      const root = rootIdentifier(ts, node.expression);
      if (root && names.has(root.text)) args.push(...node.arguments);
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return args;
}

/** `tls` of `tls = require("tls")`, `connect` of `const { connect } = require("net")`. */
function namesFrom(ts: TypeScript, specifier: ts.Node): Set<string> {
  let node = specifier.parent;
  while (isWrapper(ts, node.parent) || ts.isAwaitExpression(node.parent)) node = node.parent;
  const { parent } = node;
  const target = ts.isVariableDeclaration(parent)
    ? parent.name
    : ts.isBinaryExpression(parent) && parent.right === node
      ? parent.left
      : undefined;
  if (!target) return new Set();
  if (ts.isIdentifier(target)) return new Set([target.text]);
  if (!ts.isObjectBindingPattern(target)) return new Set();
  return new Set(target.elements.flatMap(({ name }) => (ts.isIdentifier(name) ? [name.text] : [])));
}

function argumentsIn(ts: TypeScript, node: ts.Node): readonly ts.Expression[] {
  return ts.isCallExpression(node) ? node.arguments : (argumentsOf(ts, node as ts.Expression) ?? []);
}

function propertiesOf(ts: TypeScript, argument: ts.Expression): ts.ObjectLiteralElementLike[] {
  const node = unwrapped(ts, argument);
  if (ts.isIdentifier(node)) {
    const value = constantOf(ts, node);
    return value ? propertiesOf(ts, value) : [];
  }
  if (!ts.isObjectLiteralExpression(node)) return [];
  return node.properties.flatMap((property) => {
    if (ts.isSpreadAssignment(property)) return propertiesOf(ts, property.expression);
    return isOption(ts, property) ? [property] : [];
  });
}

function findingOf(ts: TypeScript, property: ts.ObjectLiteralElementLike): Finding[] {
  const node = property.name!;
  if (!ts.isPropertyAssignment(property))
    return [{ code: codes.localAddress, node, isBeside: true, certainty: "may" }];
  if (claimsNothing(ts, property))
    return [{ code: codes.unclaimed, node, isBeside: true, fix: [deletionOf(ts, property)] }];
  const value = unwrapped(ts, property.initializer);
  const isConstant =
    ts.isNumericLiteral(value) || ts.isStringLiteralLike(value) || value.kind === ts.SyntaxKind.NullKeyword;
  const certainty = isConstant ? {} : { certainty: "may" as const };
  return [{ code: codes.localAddress, node, isBeside: true, ...certainty }];
}

/** `localPort: 0`: it leaves the choice to the system. */
function claimsNothing(ts: TypeScript, property: ts.ObjectLiteralElementLike): boolean {
  if (!ts.isPropertyAssignment(property) || !isOption(ts, property)) return false;
  const value = unwrapped(ts, property.initializer);
  const text = ts.isStringLiteralLike(value) || ts.isNumericLiteral(value) ? value.text : value.getText();
  return ANYTHING.has(text);
}

function isOption(ts: TypeScript, { name }: ts.ObjectLiteralElementLike): boolean {
  return (
    name !== undefined && (ts.isIdentifier(name) || ts.isStringLiteralLike(name)) && OPTIONS.has(name.text)
  );
}

/**
 * The edit that takes the property out of its object: with its line, or the comma after it; or the comma before it, where
 * those after it go too. No comment goes with it, and the edits of one object can be made together.
 */
function deletionOf(ts: TypeScript, property: ts.PropertyAssignment): Edit {
  const { properties } = property.parent;
  const { text } = property.getSourceFile();
  const start = property.getStart();
  const end = property.end + (/^\s*,/.exec(text.slice(property.end))?.[0].length ?? 0);
  const line = lineOf(text, start, end);
  if (/[\r\n]$/.test(text.slice(line.start, line.end))) return line;
  const index = properties.indexOf(property);
  const [before, after] = [properties.slice(0, index), properties.slice(index + 1)];
  const isKept = (each: ts.ObjectLiteralElementLike): boolean => !claimsNothing(ts, each);
  const previous = before.at(-1)?.end ?? start;
  if (before.some(isKept) && !after.some(isKept) && /^\s*,\s*$/.test(text.slice(previous, start)))
    return { start: previous, end: property.end, text: "" };
  const space = after.length > 0 ? /^ */.exec(text.slice(end))![0].length : 0;
  return { start, end: end + space, text: "" };
}
