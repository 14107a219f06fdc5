import type ts from "typescript";
import { separateElements } from "../bindings.js";
import type { ModuleTable } from "../../tables/schema.js";
import { exportNames, isInert, moduleTable } from "../catalogue.js";
import { interopArgument, loaderOf, loadOf, type Load } from "../loading.js";
import { isExported } from "../requires.js";
import { isWrapper, memberName, outerAccess, unwrapped } from "../syntax.js";
import type { TypeScript } from "../vocabulary.js";
import { loadsText, mayNameListedModule } from "../unknown-specifier.js";
import { visitGet } from "./keys.js";
import { patternNames } from "./patterns.js";
import { isOnlyMocked, visitMock, visitReplacement } from "./replaced.js";
import { isSubpath, visitSubpath } from "./subpaths.js";
import type { Scope } from "./scope.js";

/** `require("net")`, `import(name)`, `Reflect.get(sock, "connect")`, `vi.mock("net")` */
export function visitCall(scope: Scope, node: ts.CallExpression): void {
  if (loaderOf(scope.ts, node)) return visitLoader(scope, node);
  visitGet(scope, node);
  visitReplacement(scope, node);
  visitMock(scope, node);
  visitForeignRequire(scope, node);
}

/** `require("net")`, `import(name)`, `require("#net")` */
function visitLoader(scope: Scope, node: ts.CallExpression): void {
  const { ts } = scope;
  const load = loadOf(ts, node);
  const table = load && moduleTable(load.specifier.text);
  if (table) return isOnlyMocked(scope, node) ? undefined : visitLoad(scope, load, table);
  if (loadsText(ts, node)) scope.add({ role: "evaluated", node: node.arguments[0]! });
  else if (load && isSubpath(load.specifier))
    visitSubpath(scope, load.specifier, namesOf(ts, carrierOf(ts, node)));
  else if (!load && mayNameListedModule(ts, node)) scope.add({ role: "loading", node });
}

/** `parent.require("net")`, `new Module(id).require("net")`, `jest.requireActual("net")` */
function visitForeignRequire(scope: Scope, node: ts.CallExpression): void {
  const { ts } = scope;
  const callee = unwrapped(ts, node.expression);
  const [specifier] = node.arguments;
  if (!ts.isPropertyAccessExpression(callee) && !ts.isElementAccessExpression(callee)) return;
  if (!specifier || !ts.isStringLiteralLike(specifier) || !moduleTable(specifier.text)) return;
  const text = memberName(ts, callee)?.text ?? "";
  if (text === "require") scope.add({ role: "loading", node, method: callee });
  else if (originals.has(text)) scope.add({ role: "loading", node });
}

/** What Jest and Vitest call theirs: it gives the original, whatever stands in for that. */
const originals: ReadonlySet<string> = new Set(["requireActual", "importActual"]);

function visitLoad(scope: Scope, { call, specifier, from }: Load, table: ModuleTable): void {
  const { ts } = scope;
  if (table.whole) return scope.add({ role: "module", specifier, node: call });
  const { parent } = carrierOf(ts, call);
  // What is exported is asked for elsewhere.
  if (ts.isVariableDeclaration(parent) && !isExported(ts, parent))
    if (scope.isBound(parent) || separateElements(ts, parent).length > 0) return;
  if (ts.isExpressionStatement(parent)) return;
  const access = outerAccess(ts, call);
  const member = access && memberName(ts, access);
  if (member && (exportNames.has(member.text) || isInert(table, member.text))) return;
  const getter = from === "builtin" ? call : undefined;
  scope.add({ role: "module", specifier, node: call, names: namesOf(ts, carrierOf(ts, call)), getter });
}

/** The exports that a load is there for; undefined: any. */
function namesOf(ts: TypeScript, { parent }: ts.Expression): string[] | undefined {
  return ts.isVariableDeclaration(parent) && ts.isObjectBindingPattern(parent.name)
    ? patternNames(ts, parent.name)
    : undefined;
}

/** The outermost expression that is nothing but the load, in wrappers, awaited, or as a compiler wraps it. */
function carrierOf(ts: TypeScript, node: ts.Expression): ts.Expression {
  const { parent } = node;
  if (isWrapper(ts, parent) || ts.isAwaitExpression(parent)) return carrierOf(ts, parent);
  const isInterop = ts.isCallExpression(parent) && interopArgument(ts, parent) === node;
  return isInterop ? carrierOf(ts, parent) : node;
}
