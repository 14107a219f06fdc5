import type ts from "typescript";
import { bareSpecifier, isRuntimeSpecifier, isToldByCalls, moduleTable } from "./catalogue.js";
import { handedGlobals, type HandedGlobals } from "./handed.js";
import { interopArgument, loadOf, loadsIn, requireSpecifier, type Load } from "./loading.js";
import { placesIn } from "./places.js";
import { runtimeName } from "./runtime-import.js";
import { choicesOf, isBoundToGlobal, isGlobalObject, unwrapped } from "./syntax.js";
import type { TypeScript } from "./vocabulary.js";

/** A local name for a listed module or for one of its exports. */
export interface Binding {
  readonly local: ts.Identifier;
  readonly module: string;
  /** Empty: the module itself. */
  readonly path: readonly string[];
  /** The module specifier, to redirect where the name can't be replaced. */
  readonly specifier: ts.StringLiteralLike;
  /** The node that a checker calls the name's declaration. */
  readonly declaration: ts.Node;
  /** A compiler's `__importDefault` and its like stand between: as a value, it is not the module. */
  readonly isInterop?: boolean;
  /** The call that gives it, where that can't be made to give another module. */
  readonly getter?: ts.CallExpression;
}

export interface Bindings extends HandedGlobals {
  /** Names that are assigned a listed module by what can be redirected, or replaced, as it stands there. */
  readonly redirected: ReadonlyMap<string, readonly ts.Identifier[]>;
  /** By local name; a name can be bound in several scopes. */
  readonly listed: ReadonlyMap<string, readonly Binding[]>;
  /** Local names bound to the runtime, and what they import of it (`*`: all). What is reached through them is an R-form already. */
  readonly runtime: ReadonlyMap<string, string>;
  /** All names that imports declare. */
  readonly imported: ReadonlySet<string>;
  /** Names that are given to the global object, in whichever scope. */
  readonly scopes: ReadonlySet<string>;
}

/** The local names that a file's imports and requires give to listed modules, their exports, and the runtime. */
export function collectBindings(ts: TypeScript, file: ts.SourceFile): Bindings {
  const listed = new Map<string, Binding[]>();
  const runtime = new Map<string, string>();
  const reassigned = new Set<string>();
  const redirected = new Map<string, ts.Identifier[]>();
  const imported = new Set<string>();
  const scopes = new Set<string>();
  const mentionsGlobal = /\b(?:globalThis|global|window|self)\b/.test(file.text);
  const mayBeGlobal = (node: ts.Expression): boolean =>
    mentionsGlobal && choicesOf(ts, node).some((choice) => isGlobalObject(ts, choice));

  const redirect = (local: ts.Identifier): void =>
    void redirected.set(local.text, [...(redirected.get(local.text) ?? []), local]);

  const bind = (
    local: ts.Identifier,
    specifier: ts.StringLiteralLike,
    path: readonly string[],
    declaration: ts.Node,
    through: Pick<Binding, "isInterop" | "getter"> = {},
  ): void => {
    if (isRuntimeSpecifier(specifier.text))
      runtime.set(local.text, runtimeName(specifier.text, path[0] ?? "*"));
    const table = moduleTable(specifier.text);
    // What is reported where it is imported, is not once more where it is used.
    if (!table || table.whole) return;
    const module = bareSpecifier(specifier.text);
    const binding = { local, module, path, specifier, declaration, ...through };
    listed.set(local.text, [...(listed.get(local.text) ?? []), binding]);
  };

  let places = placesIn(file);
  const visit = (node: ts.Node): void => {
    if (!places.within(node)) return;
    if (ts.isImportDeclaration(node)) return void visitImport(node);
    if (ts.isImportEqualsDeclaration(node)) return void visitImportEquals(node);
    if (ts.isVariableDeclaration(node)) visitVariable(node);
    if (mentionsGlobal && isBoundToGlobal(ts, node)) scopes.add(node.name.getText(file));
    if (ts.isBinaryExpression(node) && ts.isIdentifier(node.left)) visitAssignment(node, node.left);
    ts.forEachChild(node, visit);
  };

  const visitImport = (node: ts.ImportDeclaration): void => {
    const clause = node.importClause;
    const named = clause?.namedBindings;
    if (clause?.name) imported.add(clause.name.text);
    if (named && ts.isNamespaceImport(named)) imported.add(named.name.text);
    else for (const { name } of named?.elements ?? []) imported.add(name.text);
    if (!clause || clause.isTypeOnly || !ts.isStringLiteralLike(node.moduleSpecifier)) return;
    if (clause.name) bind(clause.name, node.moduleSpecifier, [], clause);
    if (named && ts.isNamespaceImport(named)) bind(named.name, node.moduleSpecifier, [], named);
    if (!named || !ts.isNamedImports(named)) return;
    for (const element of named.elements) {
      if (element.isTypeOnly) continue;
      const name = (element.propertyName ?? element.name).text;
      bind(element.name, node.moduleSpecifier, name === "default" ? [] : [name], element);
    }
  };

  const visitImportEquals = (node: ts.ImportEqualsDeclaration): void => {
    const reference = node.moduleReference;
    imported.add(node.name.text);
    if (node.isTypeOnly || !ts.isExternalModuleReference(reference)) return;
    if (ts.isStringLiteralLike(reference.expression)) bind(node.name, reference.expression, [], node);
  };

  /** `const net = require("net")`. What destructures a require is redirected instead, see candidates/calls.ts. */
  const visitVariable = (node: ts.VariableDeclaration): void => {
    const { initializer } = node;
    if (!initializer) return;
    if (ts.isIdentifier(node.name)) {
      const load = boundLoad(ts, initializer);
      if (load) bind(node.name, load.specifier, [], node, load);
      else if (loadsListed(ts, initializer) || choosesRuntime(initializer)) redirect(node.name);
      if (mayBeGlobal(initializer)) scopes.add(node.name.text);
      return;
    }
    for (const [element, key] of separateElements(ts, node))
      bind(element.name as ts.Identifier, boundLoad(ts, initializer)!.specifier, [key.text], element);
    const specifier = requireSpecifier(ts, initializer);
    if (specifier && isRuntimeSpecifier(specifier.text) && ts.isObjectBindingPattern(node.name))
      for (const { name, propertyName = name } of node.name.elements)
        if (ts.isIdentifier(name) && ts.isIdentifier(propertyName))
          runtime.set(name.text, runtimeName(specifier.text, propertyName.text));
  };

  /** `Rnet ?? null`: what has become of a load that is one of several things. */
  const choosesRuntime = (node: ts.Expression): boolean =>
    choicesOf(ts, node).some((choice) => ts.isIdentifier(choice) && runtime.has(choice.text));

  /** `net = require("net")`, `net ??= require("net")` */
  const visitAssignment = (node: ts.BinaryExpression, left: ts.Identifier): void => {
    const { kind } = node.operatorToken;
    if (kind < ts.SyntaxKind.FirstAssignment || kind > ts.SyntaxKind.LastAssignment) return;
    if (kind === ts.SyntaxKind.EqualsToken) reassigned.add(left.text);
    if (loadsListed(ts, node.right)) redirect(left);
    if (mayBeGlobal(node.right)) scopes.add(left.text);
  };

  ts.forEachChild(file, visit);
  // What has a name for one of them may be given to something else, and the other way round.
  const named = places.with([...listed.keys(), ...runtime.keys()]);
  if (named !== places) {
    for (const found of [listed, runtime, redirected]) found.clear();
    places = named;
    ts.forEachChild(file, visit);
  }
  for (const name of reassigned) {
    for (const { local } of listed.get(name) ?? []) redirect(local);
    listed.delete(name);
  }
  return { listed, runtime, redirected, imported, scopes, ...handedGlobals(ts, file) };
}

/**
 * `const { spawn } = require("child_process")`: the names that a pattern takes out of a module, where each is looked at for
 * itself. A pattern that takes what syntax can't tell has none.
 */
export function separateElements(
  ts: TypeScript,
  { name: pattern, initializer }: ts.VariableDeclaration,
): (readonly [element: ts.BindingElement, key: ts.Identifier | ts.StringLiteralLike])[] {
  if (!ts.isObjectBindingPattern(pattern) || !initializer) return [];
  const load = boundLoad(ts, initializer);
  const table = load && !load.isInterop ? moduleTable(load.specifier.text) : undefined;
  if (!table || !isToldByCalls(table)) return [];
  const elements = pattern.elements.flatMap((element) => {
    const key = element.propertyName ?? element.name;
    const isPlain = ts.isIdentifier(element.name) && !element.dotDotDotToken && !element.initializer;
    return isPlain && (ts.isIdentifier(key) || ts.isStringLiteralLike(key)) ? [[element, key] as const] : [];
  });
  return elements.length === pattern.elements.length ? elements : [];
}

/** The load that a declaration's initializer is, and what stands between the two. */
function boundLoad(
  ts: TypeScript,
  initializer: ts.Expression,
): (Pick<Load, "specifier"> & Pick<Binding, "isInterop" | "getter">) | undefined {
  const inner = unwrapped(ts, initializer);
  const argument = interopArgument(ts, inner);
  const load = loadOf(ts, unwrapped(ts, argument ?? inner));
  // `import("net")` is a promise of it.
  if (!load || load.call.expression.kind === ts.SyntaxKind.ImportKeyword) return undefined;
  const { specifier, call, from } = load;
  return { specifier, isInterop: argument !== undefined, getter: from === "builtin" ? call : undefined };
}

function loadsListed(ts: TypeScript, node: ts.Expression): boolean {
  return loadsIn(ts, node).some(
    ({ specifier: { text } }) => isRuntimeSpecifier(text) || moduleTable(text) !== undefined,
  );
}
