import type ts from "typescript";
import { namesAnything } from "./catalogue.js";
import { constantValueOf, isAsConst, variableOf } from "./constants.js";
import { namesThatTell } from "./names-that-tell.js";
import { placesIn, type Places } from "./places.js";
import { isConstant, unwrapped } from "./syntax.js";
import type { TypeScript } from "./vocabulary.js";

export interface ConstantKeys {
  /** What a key is, where it is one constant by the file's own words. */
  textOf(key: ts.Expression): string | undefined;
  /** Is it one of several constants, a number, or a symbol: none that matters has such a name? */
  isKnown(key: ts.Expression): boolean;
  /** Is its type that of numbers by what its declaration says? It needn't be asked for. */
  isCounter(key: ts.Expression): boolean;
}

export function constantKeys(ts: TypeScript, file: ts.SourceFile): ConstantKeys {
  let texts: ReadonlyMap<string, string | undefined> | undefined;
  const textOf = (key: ts.Expression): string | undefined => {
    const inner = constantValueOf(ts, key);
    const own = keyText(ts, inner);
    if (own !== undefined) return own;
    const joined = joinedText(ts, inner, textOf);
    if (joined !== undefined) return joined;
    const name = ts.isIdentifier(inner)
      ? inner.text
      : ts.isPropertyAccessExpression(inner)
        ? inner.name.text
        : undefined;
    texts ??= constantsOf(ts, file);
    return name === undefined ? undefined : texts.get(name);
  };
  const isKnown = (key: ts.Expression): boolean => {
    const inner = unwrapped(ts, key);
    if (ts.isConditionalExpression(inner)) return isKnown(inner.whenTrue) && isKnown(inner.whenFalse);
    if (isChoice(ts, inner)) return isKnown(inner.left) && isKnown(inner.right);
    return (
      isNumeric(ts, inner) ||
      isSymbol(ts, inner) ||
      (textOf(inner) !== undefined && !namesAnything(textOf(inner)!))
    );
  };
  return { textOf, isKnown, isCounter: (key) => isCounter(ts, unwrapped(ts, key)) };
}

/** `"con" + "nect"`, `` `${"con"}nect` `` */
function joinedText(
  ts: TypeScript,
  node: ts.Expression,
  textOf: (part: ts.Expression) => string | undefined,
): string | undefined {
  const parts =
    ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.PlusToken
      ? [textOf(node.left), textOf(node.right)]
      : ts.isTemplateExpression(node)
        ? [
            node.head.text,
            ...node.templateSpans.flatMap(({ expression, literal }) => [textOf(expression), literal.text]),
          ]
        : [undefined];
  return parts.includes(undefined) ? undefined : parts.join("");
}

/**
 * By name: the text of a constant, enum member or read-only property, where that matters; undefined where the name is given
 * to anything else. What other constants are, their types tell.
 */
function constantsOf(ts: TypeScript, file: ts.SourceFile): ReadonlyMap<string, string | undefined> {
  const places = placesIn(file);
  const telling = [...textsByName(ts, file, places)].flatMap(([name, text]) =>
    text !== undefined && namesThatTell.has(text) ? [name] : [],
  );
  if (telling.length === 0) return new Map();
  // Elsewhere the name may be given to something else.
  const texts = textsByName(ts, file, places.with(telling));
  return new Map(telling.map((name) => [name, texts.get(name)]));
}

function textsByName(
  ts: TypeScript,
  file: ts.SourceFile,
  places: Places,
): ReadonlyMap<string, string | undefined> {
  const texts = new Map<string, string | undefined>();
  const add = (name: ts.Node | undefined, value: ts.Expression | undefined, isConstant: boolean): void => {
    if (!name || !(ts.isIdentifier(name) || ts.isStringLiteralLike(name))) return;
    const inner = value && unwrapped(ts, value);
    const text = isConstant && inner ? keyText(ts, inner) : undefined;
    texts.set(name.text, texts.has(name.text) && texts.get(name.text) !== text ? undefined : text);
  };
  const visit = (node: ts.Node): void => {
    if (!places.within(node)) return;
    if (ts.isVariableDeclaration(node)) add(node.name, node.initializer, isConstant(ts, node));
    else if (ts.isEnumMember(node)) add(node.name, node.initializer, true);
    else if (ts.isPropertyAssignment(node))
      add(node.name, node.initializer, isAsConst(ts, node.parent.parent));
    else if (ts.isPropertyDeclaration(node)) add(node.name, node.initializer, isReadonly(ts, node));
    else if (
      ts.isParameter(node) ||
      ts.isBindingElement(node) ||
      ts.isImportSpecifier(node) ||
      ts.isShorthandPropertyAssignment(node) ||
      ts.isPropertySignature(node)
    )
      add(node.name, undefined, false);
    ts.forEachChild(node, visit);
  };
  visit(file);
  return texts;
}

/** What a value is as a key; a symbol is one that no method that matters has. */
function keyText(ts: TypeScript, value: ts.Expression): string | undefined {
  if (ts.isStringLiteralLike(value)) return value.text;
  return isSymbol(ts, value) ? value.getText() : undefined;
}

/** `Symbol("x")`, `Symbol.for("x")`, `Symbol.iterator` */
function isSymbol(ts: TypeScript, node: ts.Expression): boolean {
  if (ts.isPropertyAccessExpression(node)) return node.expression.getText() === "Symbol";
  return ts.isCallExpression(node) && /^Symbol(?:\.for)?$/.test(node.expression.getText());
}

function isReadonly(ts: TypeScript, { modifiers }: ts.PropertyDeclaration): boolean {
  return modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ReadonlyKeyword) ?? false;
}

/** Is it a number, or yes or no, whatever its operands are? */
function isNumeric(ts: TypeScript, key: ts.Expression): boolean {
  const isNot = ts.isPrefixUnaryExpression(key) && key.operator === ts.SyntaxKind.ExclamationToken;
  return isNumber(ts, key) || isNot || isBinary(ts, key, comparisons);
}

function isNumber(ts: TypeScript, key: ts.Expression): boolean {
  return (
    ts.isNumericLiteral(key) ||
    (ts.isPrefixUnaryExpression(key) && key.operator !== ts.SyntaxKind.ExclamationToken) ||
    ts.isPostfixUnaryExpression(key) ||
    isBinary(ts, key, arithmetic)
  );
}

/** `index` of `let index = 0` */
function isCounter(ts: TypeScript, key: ts.Expression): boolean {
  const variable = ts.isIdentifier(key) ? variableOf(ts, key) : undefined;
  return variable?.initializer !== undefined && !variable.type && isNumber(ts, variable.initializer);
}

/** `name || "connect"`: what it gives is one of its operands. */
function isChoice(ts: TypeScript, node: ts.Node): node is ts.BinaryExpression {
  if (!ts.isBinaryExpression(node)) return false;
  const { BarBarToken, AmpersandAmpersandToken, QuestionQuestionToken } = ts.SyntaxKind;
  return [BarBarToken, AmpersandAmpersandToken, QuestionQuestionToken].includes(
    node.operatorToken.kind as typeof BarBarToken,
  );
}

function isBinary(ts: TypeScript, node: ts.Expression, operators: readonly Operator[]): boolean {
  if (!ts.isBinaryExpression(node)) return false;
  const { kind } = node.operatorToken;
  return operators.some((name) => ts.SyntaxKind[name] === kind);
}

type Operator = keyof typeof ts.SyntaxKind;

/** What makes a number, whatever it is given: `+` doesn't, nor `=`, nor a comma. */
const arithmetic = [
  "MinusToken",
  "AsteriskToken",
  "SlashToken",
  "PercentToken",
  "AsteriskAsteriskToken",
  "LessThanLessThanToken",
  "GreaterThanGreaterThanToken",
  "GreaterThanGreaterThanGreaterThanToken",
  "AmpersandToken",
  "BarToken",
  "CaretToken",
  "MinusEqualsToken",
  "AsteriskEqualsToken",
  "SlashEqualsToken",
  "PercentEqualsToken",
  "AsteriskAsteriskEqualsToken",
  "LessThanLessThanEqualsToken",
  "GreaterThanGreaterThanEqualsToken",
  "GreaterThanGreaterThanGreaterThanEqualsToken",
  "AmpersandEqualsToken",
  "BarEqualsToken",
  "CaretEqualsToken",
] as const satisfies readonly Operator[];

/** What says yes or no. */
const comparisons = [
  "LessThanToken",
  "GreaterThanToken",
  "LessThanEqualsToken",
  "GreaterThanEqualsToken",
  "EqualsEqualsToken",
  "ExclamationEqualsToken",
  "EqualsEqualsEqualsToken",
  "ExclamationEqualsEqualsToken",
  "InKeyword",
  "InstanceOfKeyword",
] as const satisfies readonly Operator[];
