import type ts from "typescript";
import { moduleGetters } from "./catalogue.js";
import { isRequire } from "./requires.js";
import { lastName, unwrapped } from "./syntax.js";
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
  return isModuleGetter(lastName(ts, callee)) && !isOwnMethod(ts, callee) ? "builtin" : undefined;
}

/** `this._load("http")`: a class has the name for something of its own. */
function isOwnMethod(ts: TypeScript, callee: ts.Expression): boolean {
  const inner = unwrapped(ts, callee);
  if (!ts.isPropertyAccessExpression(inner)) return false;
  const { kind } = unwrapped(ts, inner.expression);
  return kind === ts.SyntaxKind.ThisKeyword || kind === ts.SyntaxKind.SuperKeyword;
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
  return valuesOf(ts, node).flatMap((choice) => loadOf(ts, choice) ?? []);
}

/** The same, where it can't be anything but their results: `secure ? require("tls") : require("net")`. */
export function onlyLoadsIn(ts: TypeScript, node: ts.Expression): Load[] {
  const loads = loadsIn(ts, node);
  return loads.length === valuesOf(ts, node).length ? loads : [];
}

/** What the value of an expression may be the value of. */
function valuesOf(ts: TypeScript, node: ts.Expression): ts.Expression[] {
  const inner = unwrapped(ts, node);
  const argument = ts.isAwaitExpression(inner) ? inner.expression : interopArgument(ts, inner);
  if (argument) return valuesOf(ts, argument);
  if (ts.isConditionalExpression(inner))
    return [...valuesOf(ts, inner.whenTrue), ...valuesOf(ts, inner.whenFalse)];
  if (!ts.isBinaryExpression(inner)) return [inner];
  const { left, operatorToken, right } = inner;
  const isRightAlone = [ts.SyntaxKind.CommaToken, ts.SyntaxKind.EqualsToken].includes(operatorToken.kind);
  return [...(isRightAlone ? [] : valuesOf(ts, left)), ...valuesOf(ts, right)];
}
