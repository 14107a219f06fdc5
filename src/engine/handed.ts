import type ts from "typescript";
import { placesIn } from "./places.js";
import { choicesOf, globalObjects, hasRest, isGlobalObject, memberName, unwrapped } from "./syntax.js";
import type { TypeScript } from "./vocabulary.js";

const mentioned = new RegExp(String.raw`\b(?:${[...globalObjects].join("|")})\s*(?:[,)?:|]|$)`, "m");

export interface HandedGlobals {
  /** The parameters that get the global object, by the start of their declaration. */
  readonly handed: ReadonlySet<number>;
  /** The calls of functions that are in the file. */
  readonly followed: ReadonlySet<ts.Node>;
}

/**
 * `function load(root) { … } load(globalThis)`, `(function (root, factory) { factory(root); })(self, (root) => …)`: the
 * parameters that calls in the same file hand the global object to.
 */
export function handedGlobals(ts: TypeScript, file: ts.SourceFile): HandedGlobals {
  const handed = new Set<number>();
  const followed = new Set<ts.CallExpression>();
  const untold = new Set<ts.CallExpression>();
  const isGlobal = (node: ts.Expression): boolean =>
    choicesOf(ts, node).some((choice) => {
      const parameter = ts.isIdentifier(choice) ? parameterOf(ts, choice) : undefined;
      return parameter ? handed.has(parameter.getStart(file)) : isGlobalObject(ts, choice);
    });
  if (!mentioned.test(file.text) || !isHandedOn(ts, file, isGlobal)) return { handed, followed };
  const { calls, functions, defaulted } = callsAndFunctions(ts, file);
  /** What parameters that are called are given: `factory`. */
  const callbacks = new Map<ts.ParameterDeclaration, ts.SignatureDeclaration[]>();

  const functionsOf = (callee: ts.Expression): readonly ts.SignatureDeclaration[] => {
    const inner = unwrapped(ts, callee);
    if (ts.isFunctionExpression(inner) || ts.isArrowFunction(inner)) return [inner];
    if (ts.isPropertyAccessExpression(inner)) return functions.get(inner.name.text) ?? [];
    // Most calls are of neither, and to look for their parameter would take longer than all the rest.
    if (!ts.isIdentifier(inner) || (callbacks.size === 0 && !functions.has(inner.text))) return [];
    const parameter = parameterOf(ts, inner);
    return (parameter ? callbacks.get(parameter) : functions.get(inner.text)) ?? [];
  };

  const hand = (call: ts.CallExpression): boolean => {
    const [callee, given] = calledWith(ts, call);
    let isNews = false;
    const called = functionsOf(callee);
    if (called.length > 0) followed.add(call);
    for (const { parameters } of called)
      given.forEach((value, index) => {
        const parameter = parameters[index];
        if ((!parameter || takesAll(ts, parameter)) && isGlobal(value)) untold.add(call);
        if (!parameter) return;
        const start = parameter.getStart(file);
        if (!handed.has(start) && isGlobal(value)) {
          handed.add(start);
          isNews = true;
        }
        const before = callbacks.get(parameter) ?? [];
        const news = functionsOf(value).filter((each) => !before.includes(each));
        if (news.length === 0) return;
        callbacks.set(parameter, [...before, ...news]);
        isNews = true;
      });
    return isNews;
  };

  // `function load(scope: any = globalThis)`
  for (const { parameters } of defaulted)
    for (const parameter of parameters)
      if (parameter.initializer && isGlobal(parameter.initializer)) handed.add(parameter.getStart(file));
  // Each round follows one more call: as many as any program needs, and an end to what calls itself.
  for (let round = 0; round < 10; round++) if (calls.map(hand).every((isNews) => !isNews)) break;
  for (const call of untold) followed.delete(call);
  return { handed, followed };
}

/** Does a call, or a default, hand the global object itself to a parameter? Most files only ask what it has. */
function isHandedOn(
  ts: TypeScript,
  file: ts.SourceFile,
  isGlobal: (node: ts.Expression) => boolean,
): boolean {
  const places = placesIn(file);
  const visit = (node: ts.Node): boolean => {
    if (!places.within(node)) return false;
    if (ts.isCallExpression(node) && node.arguments.some(isGlobal)) return true;
    if (ts.isParameter(node) && node.initializer && isGlobal(node.initializer)) return true;
    return ts.forEachChild(node, (child) => visit(child) || undefined) ?? false;
  };
  return visit(file);
}

/** `(...scopes)`, `({ ...scope })`: the parameter is no name of the value that it gets. */
function takesAll(ts: TypeScript, { dotDotDotToken, name }: ts.ParameterDeclaration): boolean {
  return dotDotDotToken !== undefined || hasRest(ts, name);
}

/** The parameter that an identifier names, of the nearest function that has one. */
export function parameterOf(
  ts: TypeScript,
  { text, parent }: ts.Identifier,
): ts.ParameterDeclaration | undefined {
  for (let node: ts.Node = parent; node && !ts.isSourceFile(node); node = node.parent) {
    if (!ts.isFunctionLike(node)) continue;
    const found = node.parameters.find(({ name }) => ts.isIdentifier(name) && name.text === text);
    if (found) return found;
  }
  return undefined;
}

/** `f.call(self, a)` calls `f` with `a`. */
function calledWith(
  ts: TypeScript,
  { expression, arguments: given }: ts.CallExpression,
): readonly [callee: ts.Expression, given: readonly ts.Expression[]] {
  const callee = unwrapped(ts, expression);
  const isCall = ts.isPropertyAccessExpression(callee) && memberName(ts, callee)?.text === "call";
  return isCall ? [callee.expression, given.slice(1)] : [callee, given];
}

interface CallsAndFunctions {
  readonly calls: readonly ts.CallExpression[];
  /** By name, whichever has it: a declaration, a variable, a method. */
  readonly functions: ReadonlyMap<string, readonly ts.SignatureDeclaration[]>;
  /** Those that have a parameter with a default. */
  readonly defaulted: readonly ts.SignatureDeclaration[];
}

function callsAndFunctions(ts: TypeScript, file: ts.SourceFile): CallsAndFunctions {
  const calls: ts.CallExpression[] = [];
  const functions = new Map<string, ts.SignatureDeclaration[]>();
  const add = (name: ts.Node | undefined, value: ts.Node | undefined): void => {
    if (!name || !value || !ts.isIdentifier(name) || !ts.isFunctionLike(value)) return;
    if (!(value as ts.FunctionLikeDeclaration).body) return;
    functions.set(name.text, [...(functions.get(name.text) ?? []), value]);
  };
  const defaulted: ts.SignatureDeclaration[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isParameter(node) && node.initializer) defaulted.push(node.parent);
    if (ts.isCallExpression(node)) calls.push(node);
    else if (ts.isFunctionDeclaration(node) || ts.isMethodDeclaration(node)) add(node.name, node);
    else if (
      ts.isVariableDeclaration(node) ||
      ts.isPropertyAssignment(node) ||
      ts.isPropertyDeclaration(node)
    )
      add(node.name, node.initializer && unwrapped(ts, node.initializer));
    ts.forEachChild(node, visit);
  };
  visit(file);
  return { calls, functions, defaulted };
}
