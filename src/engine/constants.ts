import type ts from "typescript";
import { isBoundToGlobal, isConstant, unwrapped } from "./syntax.js";
import type { TypeScript } from "./vocabulary.js";

/** The initializer of the constant that an identifier refers to: the nearest that is declared around it. */
export function constantOf(ts: TypeScript, name: ts.Identifier): ts.Expression | undefined {
  const variable = variableOf(ts, name);
  return variable && isConstant(ts, variable) ? variable.initializer : undefined;
}

/** The variable that an identifier refers to, unless it is part of a pattern: the nearest that is declared around it. */
export function variableOf(
  ts: TypeScript,
  { text, parent }: ts.Identifier,
): ts.VariableDeclaration | undefined {
  for (let scope = parent; scope; scope = scope.parent) {
    const declared = declaredIn(ts, scope);
    if (declared?.has(text)) return declared.get(text);
  }
  return undefined;
}

type Declared = ReadonlyMap<string, ts.VariableDeclaration | undefined>;

const known = new WeakMap<ts.Node, Declared>();

/**
 * The names that a node declares for what is inside it, with the declarations of those that are variables; undefined for a
 * node that has none of its own. The first of two declarations counts.
 */
function declaredIn(ts: TypeScript, scope: ts.Node): Declared | undefined {
  if (!isScope(ts, scope)) return undefined;
  const before = known.get(scope);
  if (before) return before;
  const declared = new Map<string, ts.VariableDeclaration | undefined>();
  const add = (name: ts.BindingName | undefined, variable?: ts.VariableDeclaration): void => {
    if (!name) return;
    if (!ts.isIdentifier(name))
      for (const each of name.elements) add(ts.isBindingElement(each) ? each.name : undefined);
    else if (!declared.has(name.text)) declared.set(name.text, variable);
  };
  const addList = ({ declarations }: ts.VariableDeclarationList): void => {
    for (const variable of declarations) add(variable.name, variable);
  };
  const addStatement = (statement: ts.Statement): void => {
    if (ts.isVariableStatement(statement)) addList(statement.declarationList);
    else if (
      ts.isFunctionDeclaration(statement) ||
      ts.isClassDeclaration(statement) ||
      ts.isEnumDeclaration(statement)
    )
      add(statement.name);
  };
  /** `if (secure) { var verb = "connect"; }` */
  const addHoisted = (node: ts.Node): void => {
    if (ts.isExpression(node) || ts.isFunctionLike(node) || ts.isClassLike(node)) return;
    if (ts.isVariableDeclarationList(node) && !(node.flags & ts.NodeFlags.BlockScoped)) addList(node);
    ts.forEachChild(node, addHoisted);
  };

  if (ts.isFunctionLike(scope)) {
    for (const { name } of scope.parameters) add(name);
    if (ts.isFunctionExpression(scope)) add(scope.name);
    const { body } = scope as ts.FunctionLikeDeclaration;
    if (body) addHoisted(body);
  } else if (ts.isCaseBlock(scope)) {
    for (const { statements } of scope.clauses) statements.forEach(addStatement);
  } else if (ts.isCatchClause(scope)) add(scope.variableDeclaration?.name);
  else if (ts.isClassExpression(scope)) add(scope.name);
  else if (ts.isForStatement(scope) || ts.isForOfStatement(scope) || ts.isForInStatement(scope)) {
    if (scope.initializer && ts.isVariableDeclarationList(scope.initializer)) addList(scope.initializer);
  } else {
    scope.statements.forEach(addStatement);
    if (ts.isSourceFile(scope)) addHoisted(scope);
  }
  known.set(scope, declared);
  return declared;
}

type Scope =
  | ts.SignatureDeclaration
  | ts.Block
  | ts.ModuleBlock
  | ts.SourceFile
  | ts.CaseBlock
  | ts.CatchClause
  | ts.ClassExpression
  | ts.ForStatement
  | ts.ForOfStatement
  | ts.ForInStatement;

function isScope(ts: TypeScript, node: ts.Node): node is Scope {
  return (
    ts.isFunctionLike(node) ||
    ts.isBlock(node) ||
    ts.isModuleBlock(node) ||
    ts.isSourceFile(node) ||
    ts.isCaseBlock(node) ||
    ts.isCatchClause(node) ||
    ts.isClassExpression(node) ||
    ts.isForStatement(node) ||
    ts.isForOfStatement(node) ||
    ts.isForInStatement(node)
  );
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

/** What an expression is by its own words: constants, and properties of what is `as const`, seen through. */
export function constantValueOf(ts: TypeScript, node: ts.Expression): ts.Expression {
  const inner = unwrapped(ts, node);
  const value = ts.isIdentifier(inner)
    ? precedingValue(ts, inner)
    : ts.isPropertyAccessExpression(inner)
      ? lastingProperty(ts, inner)
      : undefined;
  return value ? constantValueOf(ts, value) : inner;
}

function precedingValue(ts: TypeScript, name: ts.Identifier): ts.Expression | undefined {
  const value = constantOf(ts, name);
  return value && value.pos < name.pos ? value : undefined;
}

/** `names.load` of `const names = { load: "fetch" } as const`, where nothing else can have given it another value. */
function lastingProperty(
  ts: TypeScript,
  { expression, name }: ts.PropertyAccessExpression,
): ts.Expression | undefined {
  const owner = unwrapped(ts, expression);
  const value = ts.isIdentifier(owner) ? precedingValue(ts, owner) : undefined;
  const outer = ts.isPropertyAccessExpression(owner) ? lastingProperty(ts, owner) : undefined;
  const literal = value && isAsConst(ts, value) ? unwrapped(ts, value) : outer;
  if (!literal || !ts.isObjectLiteralExpression(literal)) return undefined;
  const isPlain = literal.properties.every((each) => each.name && !ts.isComputedPropertyName(each.name));
  return isPlain ? propertyOf(ts, literal, name.text) : undefined;
}

/** `{ … } as const` */
export function isAsConst(ts: TypeScript, node: ts.Node): boolean {
  return ts.isAsExpression(node) && node.type.getText() === "const";
}

/** The same, with the properties of constant objects seen through, which may have been given something else since. */
export function valueOf(ts: TypeScript, node: ts.Expression): ts.Expression {
  const inner = constantValueOf(ts, node);
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
