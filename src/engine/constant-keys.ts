import type ts from "typescript";
import { memberNames } from "./catalogue.js";
import { unwrapped } from "./syntax.js";
import type { TypeScript } from "./vocabulary.js";

/**
 * The methods that a key may name. A key that is constant by the file's own words names one, or none that matters;
 * any other may name all of them, and types have to tell.
 */
export function constantKeys(ts: TypeScript, file: ts.SourceFile): (key: ts.Expression) => readonly string[] {
  let texts: ReadonlyMap<string, string | undefined> | undefined;
  return (key) => {
    const inner = unwrapped(ts, key);
    if (isNumeric(ts, inner)) return [];
    const name = ts.isIdentifier(inner)
      ? inner.text
      : ts.isPropertyAccessExpression(inner)
        ? inner.name.text
        : undefined;
    texts ??= constantsOf(ts, file);
    const text = name === undefined ? undefined : texts.get(name);
    if (text === undefined) return [...memberNames];
    return memberNames.has(text) ? [text] : [];
  };
}

/** By name: the text of a constant, enum member or read-only property; undefined where the name is given to anything else. */
function constantsOf(ts: TypeScript, file: ts.SourceFile): ReadonlyMap<string, string | undefined> {
  const texts = new Map<string, string | undefined>();
  const add = (name: ts.Node | undefined, value: ts.Expression | undefined, isConstant: boolean): void => {
    if (!name || !(ts.isIdentifier(name) || ts.isStringLiteralLike(name))) return;
    const inner = value && unwrapped(ts, value);
    const text = isConstant && inner ? keyText(ts, inner) : undefined;
    texts.set(name.text, texts.has(name.text) && texts.get(name.text) !== text ? undefined : text);
  };
  const visit = (node: ts.Node): void => {
    if (ts.isVariableDeclaration(node)) add(node.name, node.initializer, isConst(ts, node));
    else if (ts.isEnumMember(node)) add(node.name, node.initializer, true);
    else if (ts.isPropertyAssignment(node)) add(node.name, node.initializer, isAsConst(ts, node.parent));
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
  const isSymbol = ts.isCallExpression(value) && /^Symbol(?:\.for)?$/.test(value.expression.getText());
  return isSymbol ? value.getText() : undefined;
}

function isConst(ts: TypeScript, { parent }: ts.VariableDeclaration): boolean {
  return ts.isVariableDeclarationList(parent) && (parent.flags & ts.NodeFlags.Const) !== 0;
}

/** `{ … } as const`, `Object.freeze({ … })` */
function isAsConst(ts: TypeScript, { parent }: ts.ObjectLiteralExpression): boolean {
  return ts.isAsExpression(parent) && parent.type.getText() === "const";
}

function isReadonly(ts: TypeScript, { modifiers }: ts.PropertyDeclaration): boolean {
  return modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ReadonlyKeyword) ?? false;
}

function isNumeric(ts: TypeScript, key: ts.Expression): boolean {
  return (
    ts.isNumericLiteral(key) ||
    ts.isPrefixUnaryExpression(key) ||
    ts.isPostfixUnaryExpression(key) ||
    (ts.isBinaryExpression(key) && key.operatorToken.kind !== ts.SyntaxKind.PlusToken)
  );
}
