import type ts from "typescript";
import { isBoundToGlobal, isConstant, unwrapped } from "./syntax.js";
import type { TypeScript } from "./vocabulary.js";

/** The initializer of the constant that an identifier refers to: the nearest that is declared around it. */
export function constantOf(ts: TypeScript, { text, parent }: ts.Identifier): ts.Expression | undefined {
  for (let scope = parent; scope; scope = scope.parent) {
    if (!ts.isFunctionLike(scope) && !ts.isBlock(scope) && !ts.isSourceFile(scope)) continue;
    const declared = declaredIn(ts, scope);
    if (declared.has(text)) return declared.get(text);
  }
  return undefined;
}

type Declaring = ts.SignatureDeclaration | ts.Block | ts.SourceFile;

const known = new WeakMap<Declaring, ReadonlyMap<string, ts.Expression | undefined>>();

/** The initializers of constants by name; undefined for parameters and variables. The first of two declarations counts. */
function declaredIn(ts: TypeScript, scope: Declaring): ReadonlyMap<string, ts.Expression | undefined> {
  const before = known.get(scope);
  if (before) return before;
  const declared = new Map<string, ts.Expression | undefined>();
  if (ts.isFunctionLike(scope))
    for (const { name } of scope.parameters) declared.set(name.getText(), undefined);
  else
    for (const statement of scope.statements) {
      if (!ts.isVariableStatement(statement)) continue;
      const { declarations, flags } = statement.declarationList;
      for (const { name, initializer } of declarations)
        if (ts.isIdentifier(name) && !declared.has(name.text))
          declared.set(name.text, flags & ts.NodeFlags.Const ? initializer : undefined);
    }
  known.set(scope, declared);
  return declared;
}

/** The value of the constant that is declared at this place, or the global object where a pattern falls back on it. */
export function constantAt(ts: TypeScript, file: ts.SourceFile, start: number): ts.Expression | undefined {
  const visit = (node: ts.Node): ts.Expression | undefined => {
    if (start < node.pos || start >= node.end) return undefined;
    const isDeclared = isNamedConstant(ts, node) || isBoundToGlobal(ts, node);
    return isDeclared && node.getStart(file) === start ? node.initializer : ts.forEachChild(node, visit);
  };
  return ts.forEachChild(file, visit);
}

function isNamedConstant(
  ts: TypeScript,
  node: ts.Node,
): node is ts.VariableDeclaration & { initializer: ts.Expression } {
  return (
    ts.isVariableDeclaration(node) &&
    node.initializer !== undefined &&
    ts.isIdentifier(node.name) &&
    isConstant(ts, node)
  );
}

/** What an expression is by its own words: constants, and the properties of constant objects, seen through. */
export function valueOf(ts: TypeScript, node: ts.Expression): ts.Expression {
  const inner = unwrapped(ts, node);
  if (ts.isIdentifier(inner)) {
    const value = constantOf(ts, inner);
    return value && value.pos < inner.pos ? valueOf(ts, value) : inner;
  }
  if (!ts.isPropertyAccessExpression(inner)) return inner;
  const value = propertyOf(ts, valueOf(ts, inner.expression), inner.name.text);
  return value ? valueOf(ts, value) : inner;
}

/** What an object literal has under this name. */
export function propertyOf(ts: TypeScript, node: ts.Expression, name: string): ts.Expression | undefined {
  if (!ts.isObjectLiteralExpression(node)) return undefined;
  for (const property of node.properties) {
    const key = property.name;
    if (!key || !(ts.isIdentifier(key) || ts.isStringLiteralLike(key)) || key.text !== name) continue;
    if (ts.isPropertyAssignment(property)) return property.initializer;
    if (ts.isShorthandPropertyAssignment(property)) return property.name;
  }
  return undefined;
}
