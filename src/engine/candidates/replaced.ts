import type ts from "typescript";
import { moduleTable } from "../catalogue.js";
import { isGlobalObject, lastName, unwrapped } from "../syntax.js";
import type { TypeScript } from "../vocabulary.js";
import type { Scope } from "./scope.js";

/** `Reflect.get`, `Object.hasOwn`, `hasOwnProperty.call`, `_.has` */
const onlyLooking = /^(?:get|has|call|apply|getOwn|hasOwn|is[A-Z])/;

/** `mock.method(net, "connect")`, `Object.defineProperty(globalThis, "fetch", …)`; not `Object.hasOwn(…)`, which only looks. */
export function visitReplacement(
  scope: Scope,
  { expression: callee, arguments: [receiver, key] }: ts.CallExpression,
): void {
  const { ts } = scope;
  if (!receiver || !key || !ts.isStringLiteralLike(key) || !scope.isMemberName(key.text, receiver)) return;
  if (onlyLooking.test(lastName(ts, callee) ?? "")) return;
  if (isGlobalObject(ts, receiver) || scope.moduleOf(receiver))
    scope.add({ role: "replaced", name: key, receiver });
}

/** `vi.mock("net")`, `mock.module("net", …)`, `td.replaceEsm("net")`: Vitest, Jest, `node:test`, testdouble, mockery. */
const mockers: Readonly<Record<string, RegExp>> = {
  vi: /^(?:doM|m)ock$/,
  jest: /^(?:(?:doM|m)ock|setMock|unstable_mockModule)$/,
  mock: /^module$/,
  td: /^replace(?:Esm|Cjs)?$/,
  testdouble: /^replace(?:Esm|Cjs)?$/,
  mockery: /^registerMock$/,
};

/** `proxyquire("./client", { net: stub })`, `esmock("./client.js", { "node:net": stub })` */
const loadersWithMocks: ReadonlySet<string> = new Set(["proxyquire", "esmock"]);

/** A module that whoever asks for it by its name gets a stand-in for. */
export function visitMock(scope: Scope, { expression, arguments: given }: ts.CallExpression): void {
  const { ts } = scope;
  const [first, second] = given;
  const specifier = first && (ts.isStringLiteralLike(first) ? first : imported(scope, first));
  if (!specifier) return;
  const callee = unwrapped(ts, expression);
  if (second && ts.isIdentifier(callee) && loadersWithMocks.has(callee.text)) {
    const keys = given.filter(ts.isObjectLiteralExpression).flatMap(({ properties }) => [...properties]);
    for (const { name } of keys) if (name) addMocked(scope, name);
  }
  if (isMocker(ts, callee)) addMocked(scope, specifier);
}

/** `vi.mock(import("net"))`: it is not loaded, but named. */
export function isOnlyMocked({ ts }: Scope, { parent }: ts.CallExpression): boolean {
  return ts.isCallExpression(parent) && isMocker(ts, unwrapped(ts, parent.expression));
}

function isMocker(ts: TypeScript, callee: ts.Expression): boolean {
  if (!ts.isPropertyAccessExpression(callee)) return false;
  const owner = lastName(ts, callee.expression) ?? "";
  return Object.hasOwn(mockers, owner) && mockers[owner]!.test(callee.name.text);
}

/** `vi.mock(import("net"))` */
function imported({ ts }: Scope, node: ts.Expression): ts.Expression | undefined {
  const isImport = ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword;
  return isImport ? node.arguments[0] : undefined;
}

function addMocked({ ts, candidates }: Scope, name: ts.Node): void {
  const isName = ts.isStringLiteralLike(name) || ts.isIdentifier(name);
  if (isName && isRewritten(name.text)) candidates.push({ role: "mocked", name });
}

/** Does a listed module have exports that become R-forms? */
function isRewritten(specifier: string): boolean {
  const rows = Object.values(moduleTable(specifier)?.exports ?? {});
  return rows.some((row) => row.class !== "inert" && row.becomes !== undefined);
}
