import type ts from "typescript";
import { moduleGetters, requireMakers } from "./catalogue.js";
import { callOf, isDeclarationName, outerAccess, unwrapped } from "./syntax.js";
import type { TypeScript } from "./vocabulary.js";

/** An expression that gives a module whose specifier is constant. */
export interface Load {
  readonly call: ts.CallExpression;
  readonly specifier: ts.StringLiteralLike;
  /** `builtin`: it gives modules of Node and no others, so that it can't be made to give another one. */
  readonly from: "anywhere" | "builtin";
}

/** The load that a call is: `require("x")`, `import("x")`, `process.getBuiltinModule("x")`. */
export function loadOf(ts: TypeScript, node: ts.Node): Load | undefined {
  const loader = ts.isCallExpression(node) ? loaderOf(ts, node) : undefined;
  const specifier = loader && (node as ts.CallExpression).arguments[0];
  if (!specifier || !ts.isStringLiteralLike(specifier)) return undefined;
  return { call: node as ts.CallExpression, specifier, from: loader };
}

/** Does the call load a module, whichever? */
export function loaderOf(
  ts: TypeScript,
  { expression: callee }: ts.CallExpression,
): Load["from"] | undefined {
  if (callee.kind === ts.SyntaxKind.ImportKeyword || isRequire(ts, callee)) return "anywhere";
  return isModuleGetter(lastName(ts, callee)) ? "builtin" : undefined;
}

/** Is what is called by this name taken for a function that gives the module it is called with? */
export function isModuleGetter(name: string | undefined): boolean {
  return name !== undefined && moduleGetters.has(name);
}

/** The specifier of a call of `require`, or of what `createRequire` has made. */
export function requireSpecifier(ts: TypeScript, node: ts.Node): ts.StringLiteralLike | undefined {
  if (!ts.isCallExpression(node) || !isRequire(ts, node.expression)) return undefined;
  return loadOf(ts, node)?.specifier;
}

/** `require`, `module.require`, `createRequire(…)` and names for it. */
function isRequire(ts: TypeScript, callee: ts.Expression): boolean {
  const inner = unwrapped(ts, callee);
  if (ts.isIdentifier(inner))
    return inner.text === "require" || namesIn(ts, inner.getSourceFile()).requires.has(inner.text);
  if (ts.isCallExpression(inner)) return makesRequire(ts, inner, namesIn(ts, inner.getSourceFile()).makers);
  return (
    ts.isPropertyAccessExpression(inner) &&
    inner.name.text === "require" &&
    ts.isIdentifier(inner.expression) &&
    inner.expression.text === "module"
  );
}

interface LoaderNames {
  /** Names for `createRequire`. */
  readonly makers: ReadonlySet<string>;
  /** Names for what it makes. */
  readonly requires: ReadonlySet<string>;
}

const known = new WeakMap<ts.SourceFile, LoaderNames>();

/** The local names that a file gives to `createRequire` and to what it makes. */
function namesIn(ts: TypeScript, file: ts.SourceFile): LoaderNames {
  const before = known.get(file);
  if (before) return before;
  const makers = new Set(requireMakers);
  const requires = new Set<string>();
  known.set(file, { makers, requires });
  if (![...requireMakers].some((maker) => file.text.includes(maker))) return { makers, requires };
  const visit = (node: ts.Node): void => {
    if ((ts.isImportSpecifier(node) || ts.isBindingElement(node)) && ts.isIdentifier(node.name)) {
      const { name, propertyName = name } = node;
      if (ts.isIdentifier(propertyName) && requireMakers.has(propertyName.text)) makers.add(name.text);
    }
    if (ts.isVariableDeclaration(node) && ts.isIdentifier(node.name) && node.initializer) {
      const value = unwrapped(ts, node.initializer);
      if (ts.isCallExpression(value) && makesRequire(ts, value, makers)) requires.add(node.name.text);
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return { makers, requires };
}

/** Is a name for what `createRequire` has made handed on, to where its calls can't be followed? */
export function isEscapingRequire(ts: TypeScript, name: ts.Identifier): boolean {
  if (!namesIn(ts, name.getSourceFile()).requires.has(name.text) || isDeclarationName(ts, name)) return false;
  return !callOf(ts, name) && !outerAccess(ts, name);
}

function makesRequire(
  ts: TypeScript,
  { expression }: ts.CallExpression,
  makers: ReadonlySet<string>,
): boolean {
  const name = lastName(ts, expression);
  return name !== undefined && makers.has(name);
}

/** `c` of `a.b.c`, and of `(0, a.b.c)`, which is how compilers write a call without a receiver. */
function lastName(ts: TypeScript, node: ts.Expression): string | undefined {
  const inner = unwrapped(ts, node);
  if (ts.isBinaryExpression(inner) && inner.operatorToken.kind === ts.SyntaxKind.CommaToken)
    return lastName(ts, inner.right);
  if (ts.isIdentifier(inner)) return inner.text;
  return ts.isPropertyAccessExpression(inner) ? inner.name.text : undefined;
}

/**
 * What compilers wrap a require in so that `default` is there: TypeScript's `__importDefault` and `__importStar`,
 * Babel's `_interopRequireDefault`, SWC's `_interop_require_default._`, esbuild's `__toESM`, Rollup's `_interopNamespace`.
 */
const interop =
  /^(?:__importDefault|__importStar|__toESM|_?_?interop(?:Require|_require_|Default|Namespace)\w*)$/;

/** The argument of a call that only adds `default` to it. */
export function interopArgument(ts: TypeScript, node: ts.Expression): ts.Expression | undefined {
  if (!ts.isCallExpression(node)) return undefined;
  const callee = unwrapped(ts, node.expression);
  const names = [lastName(ts, callee), outerName(ts, callee)];
  return names.some((name) => name !== undefined && interop.test(name)) ? node.arguments[0] : undefined;
}

function outerName(ts: TypeScript, callee: ts.Expression): string | undefined {
  if (ts.isBinaryExpression(callee)) return outerName(ts, unwrapped(ts, callee.right));
  return ts.isPropertyAccessExpression(callee) ? lastName(ts, callee.expression) : undefined;
}

/** The loads whose result the expression may be: `net || require("net")`, `__importDefault(require("net"))`. */
export function loadsIn(ts: TypeScript, node: ts.Expression): Load[] {
  return choicesOf(ts, node).flatMap((choice) => loadOf(ts, choice) ?? []);
}

/** The same, where it can't be anything but their results: `secure ? require("tls") : require("net")`. */
export function onlyLoadsIn(ts: TypeScript, node: ts.Expression): Load[] {
  const loads = loadsIn(ts, node);
  return loads.length === choicesOf(ts, node).length ? loads : [];
}

/** What the value of an expression may be the value of. */
function choicesOf(ts: TypeScript, node: ts.Expression): ts.Expression[] {
  const inner = unwrapped(ts, node);
  const argument = ts.isAwaitExpression(inner) ? inner.expression : interopArgument(ts, inner);
  if (argument) return choicesOf(ts, argument);
  if (ts.isConditionalExpression(inner))
    return [...choicesOf(ts, inner.whenTrue), ...choicesOf(ts, inner.whenFalse)];
  if (!ts.isBinaryExpression(inner)) return [inner];
  const { left, operatorToken, right } = inner;
  const isRightAlone = [ts.SyntaxKind.CommaToken, ts.SyntaxKind.EqualsToken].includes(operatorToken.kind);
  return [...(isRightAlone ? [] : choicesOf(ts, left)), ...choicesOf(ts, right)];
}
