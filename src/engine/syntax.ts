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
  const key = unwrapped(ts, access.argumentExpression);
  return ts.isStringLiteralLike(key) ? key : undefined;
}

/** Does `node` add nothing to the value of the expression inside: `(x)`, `x!`, `x as T`, `x satisfies T`, `<T>x`? */
export function isWrapper(ts: TypeScript, node: ts.Node): node is ts.ParenthesizedExpression {
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

/** What a destructuring pattern takes its values out of, where it is an expression of its own. */
export function patternSource(ts: TypeScript, pattern: ts.Node): ts.Expression | undefined {
  const { parent } = pattern;
  if (ts.isVariableDeclaration(parent) || ts.isParameter(parent))
    return parent.name === pattern ? parent.initializer : undefined;
  return ts.isBinaryExpression(parent) && parent.left === pattern ? parent.right : undefined;
}

/** `{ connect, ...others }`: does the pattern take all that an object has? */
export function hasRest(ts: TypeScript, pattern: ts.Node): boolean {
  if (ts.isObjectBindingPattern(pattern)) return pattern.elements.some((each) => each.dotDotDotToken);
  return ts.isObjectLiteralExpression(pattern) && pattern.properties.some(ts.isSpreadAssignment);
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
  const root = rootOf(ts, node);
  return ts.isIdentifier(root) ? root : undefined;
}

/** The expression that a chain of member accesses begins with. */
export function rootOf(ts: TypeScript, node: ts.Expression): ts.Expression {
  const inner = unwrapped(ts, node);
  const isAccess = ts.isPropertyAccessExpression(inner) || ts.isElementAccessExpression(inner);
  return isAccess ? rootOf(ts, inner.expression) : inner;
}

/** What the global object is called, in Node and elsewhere. */
export const globalObjects: ReadonlySet<string> = new Set(["globalThis", "global", "window", "self"]);

/** Does the identifier name the global object, if nothing of the program's own has that name? */
export function isGlobalObject(ts: TypeScript, node: ts.Expression): boolean {
  const inner = unwrapped(ts, node);
  return ts.isIdentifier(inner) && globalObjects.has(inner.text);
}

/** `const x = …` */
export function isConstant(ts: TypeScript, { parent }: ts.VariableDeclaration): boolean {
  return ts.isVariableDeclarationList(parent) && (parent.flags & ts.NodeFlags.Const) !== 0;
}

/** `{ globalThis: scope = globalThis }` */
export function isBoundToGlobal(
  ts: TypeScript,
  node: ts.Node,
): node is ts.BindingElement & { initializer: ts.Expression } {
  return ts.isBindingElement(node) && node.initializer !== undefined && isGlobalObject(ts, node.initializer);
}

/** `c` of `a.b.c`, and of `(0, a.b.c)`, which is how compilers write a call without a receiver. */
export function lastName(ts: TypeScript, node: ts.Expression): string | undefined {
  const inner = unwrapped(ts, node);
  if (ts.isBinaryExpression(inner) && inner.operatorToken.kind === ts.SyntaxKind.CommaToken)
    return lastName(ts, inner.right);
  if (ts.isIdentifier(inner)) return inner.text;
  return ts.isPropertyAccessExpression(inner) ? inner.name.text : undefined;
}

/** What an expression may be the value of: `a`, `b`, `c` of `a || (b ? c : …)`, and `d` of `(0, d)`. */
export function choicesOf(ts: TypeScript, node: ts.Expression): ts.Expression[] {
  const inner = unwrapped(ts, node);
  if (ts.isConditionalExpression(inner))
    return [...choicesOf(ts, inner.whenTrue), ...choicesOf(ts, inner.whenFalse)];
  if (!ts.isBinaryExpression(inner)) return [inner];
  if (inner.operatorToken.kind === ts.SyntaxKind.CommaToken) return choicesOf(ts, inner.right);
  return isLogical(ts, inner) ? [...choicesOf(ts, inner.left), ...choicesOf(ts, inner.right)] : [inner];
}

/** `a || b`, `a && b`, `a ?? b` */
export function isLogical(ts: TypeScript, { operatorToken: { kind } }: ts.BinaryExpression): boolean {
  return [
    ts.SyntaxKind.BarBarToken,
    ts.SyntaxKind.AmpersandAmpersandToken,
    ts.SyntaxKind.QuestionQuestionToken,
  ].includes(kind as ts.SyntaxKind.BarBarToken);
}

/** The call that `callee`, perhaps in wrappers, is called by. */
export function callOf(ts: TypeScript, callee: ts.Expression): ts.CallExpression | undefined {
  const outer = wrapped(ts, callee);
  return ts.isCallExpression(outer.parent) && outer.parent.expression === outer ? outer.parent : undefined;
}

/** What a function or class is called with, with `new` or without. */
export function argumentsOf(ts: TypeScript, callee: ts.Expression): readonly ts.Expression[] | undefined {
  const call = callOf(ts, callee);
  if (call) return call.arguments;
  return isNew(ts, callee) ? ((wrapped(ts, callee).parent as ts.NewExpression).arguments ?? []) : undefined;
}

/** `(0, f)(…)` */
export function isCalledDirectly(ts: TypeScript, node: ts.Expression): boolean {
  const outer = wrapped(ts, node);
  const { parent } = outer;
  const isLast =
    ts.isBinaryExpression(parent) &&
    parent.operatorToken.kind === ts.SyntaxKind.CommaToken &&
    parent.right === outer;
  return isLast && callOf(ts, parent) !== undefined;
}

/** The access that `node`, perhaps in wrappers, is the receiver of. */
export function outerAccess(ts: TypeScript, node: ts.Expression): MemberAccess | undefined {
  const outer = wrapped(ts, node);
  const { parent } = outer;
  const isAccess = ts.isPropertyAccessExpression(parent) || ts.isElementAccessExpression(parent);
  return isAccess && parent.expression === outer ? parent : undefined;
}

/** Is the member called, or made ready to be: `receiver.name(…)`, `receiver.name.bind(…)`, `Reflect.apply(receiver.name, …)`? */
export function isCalled(ts: TypeScript, member: MemberAccess): boolean {
  if (callOf(ts, member)) return true;
  const { parent } = wrapped(ts, member);
  const isArgument = ts.isCallExpression(parent) && parent.arguments[0] !== undefined;
  if (isArgument && unwrapped(ts, parent.arguments[0]!) === unwrapped(ts, member) && isApply(ts, parent))
    return true;
  const access = outerAccess(ts, member);
  const name = access && memberName(ts, access)?.text;
  return name !== undefined && ["call", "apply", "bind"].includes(name);
}

function isApply(ts: TypeScript, { expression: callee }: ts.CallExpression): boolean {
  return (
    ts.isPropertyAccessExpression(callee) &&
    callee.name.text === "apply" &&
    lastName(ts, callee.expression) === "Reflect"
  );
}

/** Is nothing done with the expression but to see if it is there: `typeof x`, `!x`, `if (x)`, `x ? … : …`, `x && …`? */
export function isOnlyTested(ts: TypeScript, node: ts.Expression): boolean {
  const outer = wrapped(ts, node);
  const { parent } = outer;
  if (ts.isTypeOfExpression(parent)) return true;
  if (ts.isPrefixUnaryExpression(parent)) return parent.operator === ts.SyntaxKind.ExclamationToken;
  if (ts.isIfStatement(parent) || ts.isWhileStatement(parent)) return parent.expression === outer;
  if (ts.isConditionalExpression(parent)) return parent.condition === outer;
  if (!ts.isBinaryExpression(parent)) return false;
  const { left, operatorToken, right } = parent;
  if (operatorToken.kind === ts.SyntaxKind.AmpersandAmpersandToken) return left === outer;
  return isCompared(ts, node) && isNothing(ts, left === outer ? right : left);
}

/** `undefined`, `null`, `void 0` */
function isNothing(ts: TypeScript, node: ts.Expression): boolean {
  const inner = unwrapped(ts, node);
  if (ts.isIdentifier(inner)) return inner.text === "undefined";
  return inner.kind === ts.SyntaxKind.NullKeyword || ts.isVoidExpression(inner);
}

/** `x === y`, `x != y` */
export function isCompared(ts: TypeScript, node: ts.Expression): boolean {
  const { parent } = wrapped(ts, node);
  if (!ts.isBinaryExpression(parent)) return false;
  return [
    ts.SyntaxKind.EqualsEqualsToken,
    ts.SyntaxKind.EqualsEqualsEqualsToken,
    ts.SyntaxKind.ExclamationEqualsToken,
    ts.SyntaxKind.ExclamationEqualsEqualsToken,
  ].includes(parent.operatorToken.kind as ts.SyntaxKind.EqualsEqualsToken);
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

/** A file without types of its own: what a checker says of its values is inferred. */
export function isJavaScript({ fileName }: ts.SourceFile): boolean {
  return /\.[cm]?jsx?$/.test(fileName);
}
