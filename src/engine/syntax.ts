import type ts from "typescript";
import type { TypeScript } from "./vocabulary.js";

/** `sock.connect` or `sock["connect"]`. */
export type MemberAccess = ts.PropertyAccessExpression | ts.ElementAccessExpression;

/** The constant name that an access names, if it names one. */
export function memberName(
  ts: TypeScript,
  access: MemberAccess,
): ts.Identifier | ts.StringLiteralLike | undefined {
  if (ts.isPropertyAccessExpression(access)) return ts.isIdentifier(access.name) ? access.name : undefined;
  return ts.isStringLiteralLike(access.argumentExpression) ? access.argumentExpression : undefined;
}

/** Does `node` add nothing to the value of the expression inside: `(x)`, `x!`, `x as T`, `x satisfies T`, `<T>x`? */
function isWrapper(ts: TypeScript, node: ts.Node): node is ts.ParenthesizedExpression {
  return (
    ts.isParenthesizedExpression(node) ||
    ts.isNonNullExpression(node) ||
    ts.isAsExpression(node) ||
    ts.isSatisfiesExpression(node) ||
    ts.isTypeAssertionExpression(node)
  );
}

/** The outermost expression that is nothing but `node` in wrappers. */
export function wrapped(ts: TypeScript, node: ts.Expression): ts.Expression {
  let outer = node;
  while (isWrapper(ts, outer.parent)) outer = outer.parent;
  return outer;
}

/** The expression inside any wrappers. */
export function unwrapped(ts: TypeScript, node: ts.Expression): ts.Expression {
  let inner = node;
  while (isWrapper(ts, inner)) inner = inner.expression;
  return inner;
}

/** The specifier of `require("x")`, where `node` is such a call. */
export function requireSpecifier(ts: TypeScript, node: ts.Node): ts.StringLiteralLike | undefined {
  if (!ts.isCallExpression(node) || node.arguments.length !== 1) return undefined;
  const [argument] = node.arguments;
  return isRequire(ts, node.expression) && ts.isStringLiteralLike(argument) ? argument : undefined;
}

/** `require` and `module.require`. */
function isRequire(ts: TypeScript, callee: ts.Expression): boolean {
  if (ts.isIdentifier(callee)) return callee.text === "require";
  return (
    ts.isPropertyAccessExpression(callee) &&
    callee.name.text === "require" &&
    ts.isIdentifier(callee.expression) &&
    callee.expression.text === "module"
  );
}

/** The specifier of `import("x")`. */
export function importSpecifier(ts: TypeScript, node: ts.Node): ts.StringLiteralLike | undefined {
  if (!ts.isCallExpression(node) || node.expression.kind !== ts.SyntaxKind.ImportKeyword) return undefined;
  const [argument] = node.arguments;
  return argument && ts.isStringLiteralLike(argument) ? argument : undefined;
}

/** Is the expression written to: `x = …`, `x += …`, `x++`, `delete x`, `[x] = …`, `({ a: x } = …)`, `for (x of …)`? */
export function isWritten(ts: TypeScript, node: ts.Expression): boolean {
  const { parent } = node;
  if (ts.isBinaryExpression(parent)) return parent.left === node && isAssignmentOperator(ts, parent);
  if (ts.isDeleteExpression(parent)) return true;
  if (ts.isPrefixUnaryExpression(parent) || ts.isPostfixUnaryExpression(parent))
    return (
      parent.operator === ts.SyntaxKind.PlusPlusToken || parent.operator === ts.SyntaxKind.MinusMinusToken
    );
  if (ts.isForOfStatement(parent) || ts.isForInStatement(parent)) return parent.initializer === node;
  if (ts.isArrayLiteralExpression(parent)) return isPattern(ts, parent);
  if (ts.isPropertyAssignment(parent)) return parent.initializer === node && isPattern(ts, parent.parent);
  if (ts.isSpreadElement(parent) || ts.isSpreadAssignment(parent))
    return ts.isExpression(parent.parent) && isPattern(ts, parent.parent);
  return isWrapper(ts, parent) && isWritten(ts, parent);
}

/** Is this literal a destructuring pattern: the target of an assignment? */
export function isPattern(ts: TypeScript, node: ts.Expression): boolean {
  return (ts.isObjectLiteralExpression(node) || ts.isArrayLiteralExpression(node)) && isWritten(ts, node);
}

function isAssignmentOperator(ts: TypeScript, node: ts.BinaryExpression): boolean {
  const { kind } = node.operatorToken;
  return kind >= ts.SyntaxKind.FirstAssignment && kind <= ts.SyntaxKind.LastAssignment;
}

/** Can evaluating the expression be left out without anybody noticing? */
export function isFreeOfEffects(ts: TypeScript, node: ts.Expression): boolean {
  const inner = unwrapped(ts, node);
  if (ts.isPropertyAccessExpression(inner)) return isFreeOfEffects(ts, inner.expression);
  return (
    ts.isIdentifier(inner) ||
    inner.kind === ts.SyntaxKind.ThisKeyword ||
    inner.kind === ts.SyntaxKind.SuperKeyword
  );
}

/** `a` of `a.b!.c` */
export function rootIdentifier(ts: TypeScript, node: ts.Expression): ts.Identifier | undefined {
  const inner = unwrapped(ts, node);
  if (ts.isPropertyAccessExpression(inner) || ts.isElementAccessExpression(inner))
    return rootIdentifier(ts, inner.expression);
  return ts.isIdentifier(inner) ? inner : undefined;
}

/** The call that `callee`, perhaps in wrappers, is called by. */
export function callOf(ts: TypeScript, callee: ts.Expression): ts.CallExpression | undefined {
  const outer = wrapped(ts, callee);
  return ts.isCallExpression(outer.parent) && outer.parent.expression === outer ? outer.parent : undefined;
}

/** Is the expression the class of `new …`? */
export function isNew(ts: TypeScript, node: ts.Expression): boolean {
  const outer = wrapped(ts, node);
  return ts.isNewExpression(outer.parent) && outer.parent.expression === outer;
}

/** Is the expression the class that `value instanceof …` asks about? */
export function isInstanceofTarget(ts: TypeScript, node: ts.Expression): boolean {
  const outer = wrapped(ts, node);
  return (
    ts.isBinaryExpression(outer.parent) &&
    outer.parent.right === outer &&
    outer.parent.operatorToken.kind === ts.SyntaxKind.InstanceOfKeyword
  );
}

/** Is the identifier a name that a declaration gives, or a label, rather than a reference? */
export function isDeclarationName(ts: TypeScript, name: ts.Identifier): boolean {
  const parent = name.parent as ts.Node & {
    readonly name?: ts.Node;
    readonly label?: ts.Node;
    readonly propertyName?: ts.Node;
  };
  if (
    ts.isPropertyAccessExpression(parent) ||
    ts.isShorthandPropertyAssignment(parent) ||
    ts.isExportSpecifier(parent)
  )
    return false;
  return (
    parent.name === name ||
    parent.label === name ||
    parent.propertyName === name ||
    ts.isJsxAttribute(parent) ||
    ts.isNamespaceExport(parent) ||
    ts.isQualifiedName(parent)
  );
}
