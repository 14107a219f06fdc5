import type ts from "typescript";
import { collectBindings, separateElements, type Binding, type Bindings } from "./bindings.js";
import type { ModuleTable } from "../tables/schema.js";
import {
  exportNames,
  globalModule,
  globalModuleNames,
  globalNames,
  givesModules,
  holders,
  isInert,
  memberNames,
  moduleAt,
  moduleTable,
} from "./catalogue.js";
import { constantKeys } from "./constant-keys.js";
import { isLoaded } from "./elision.js";
import { functionMakers } from "./function-constructors.js";
import { interopArgument, isModuleGetter, loaderOf, loadOf, type Load } from "./loading.js";
import { isEscapingRequire } from "./requires.js";
import {
  callOf,
  isCalled,
  isCalledDirectly,
  isCompared,
  isDeclarationName,
  isGlobalObject,
  lastName,
  isNew,
  isOnlyTested,
  isPattern,
  isWrapper,
  isWritten,
  memberName,
  outerAccess,
  patternSource,
  unwrapped,
  type MemberAccess,
} from "./syntax.js";
import { mayNameListedModule } from "./unknown-specifier.js";
import type { TypeScript } from "./vocabulary.js";

/** A place that may touch a socket function, found by syntax alone. */
export type Candidate =
  /** A plain identifier: `dial(…)`, `fetch(…)`, `f(net)`. `expression` is what would be replaced. */
  | { readonly role: "name"; readonly name: ts.Identifier; readonly expression: ts.Expression }
  /** `receiver.name` or `receiver["name"]`. */
  | {
      readonly role: "member";
      readonly name: ts.Identifier | ts.StringLiteralLike;
      readonly expression: MemberAccess;
    }
  /** `{ connect }` */
  | {
      readonly role: "shorthand";
      readonly name: ts.Identifier;
      readonly node: ts.ShorthandPropertyAssignment;
    }
  /** `export { connect }`, `import dial = net.connect`: a name that only its import can replace. */
  | { readonly role: "alias"; readonly name: ts.Identifier; readonly node: ts.Node }
  /** `receiver[name](…)`: one of these names. */
  | {
      readonly role: "computed";
      readonly name: ts.Expression;
      readonly expression: ts.ElementAccessExpression;
      readonly keys: readonly string[];
    }
  /** `const { connect } = sock`, `({ connect } = sock)`, `Reflect.get(sock, "connect")` */
  | {
      readonly role: "destructured";
      readonly name: ts.Expression;
      /** What `name` says, or is a constant for. */
      readonly key: string;
      readonly pattern: ts.Node;
    }
  /** `mock.method(net, "connect")`, `vi.spyOn(globalThis, "fetch")`: handed to what can replace it. */
  | {
      readonly role: "replaced";
      readonly name: ts.StringLiteralLike;
      readonly receiver: ts.Expression;
    }
  /** `require("net")`, `import("net")`, `export … from "net"`: a whole module, or the names given. */
  | {
      readonly role: "module";
      readonly specifier: ts.StringLiteralLike;
      readonly node: ts.Node;
      /** The exports that are taken; undefined: any. */
      readonly names?: readonly string[];
      /** The call that gives the module, where that can't be made to give another one. */
      readonly getter?: ts.CallExpression;
    }
  /** `process[name](…)`, `new globalThis[name](…)`: whichever function that is. */
  | {
      readonly role: "unknown";
      readonly name: ts.Expression;
      readonly expression: ts.ElementAccessExpression;
    }
  /** `new AsyncFunction(…)`, which has no name that tells. */
  | { readonly role: "evaluated"; readonly node: ts.Expression }
  /** `require(name)`, `import(name)`, `f(createdRequire)`: whichever module that is. */
  | {
      readonly role: "loading";
      readonly node: ts.Expression;
      /** The method that may be Node's or the program's own: `loader.require("net")`. */
      readonly method?: ts.PropertyAccessExpression;
    };

export interface Collected {
  readonly bindings: Bindings;
  readonly candidates: readonly Candidate[];
}

/** Everything in a file that may touch a socket function. Parents must be set. */
export function collectCandidates(ts: TypeScript, file: ts.SourceFile): Collected {
  const bindings = collectBindings(ts, file);
  const candidates: Candidate[] = [];
  const bound = new Set(
    [...bindings.listed.values()].flat().flatMap(({ local, declaration }) => [local, declaration]),
  );
  const keys = constantKeys(ts, file);
  const makesFunctions = functionMakers(ts, file);
  const held = new Set(holders.flatMap(([name, statics]) => (file.text.includes(name) ? statics : [])));

  const visit = (node: ts.Node): void => {
    if (ts.isTypeNode(node) && !ts.isExpressionWithTypeArguments(node)) return;
    if (ts.isHeritageClause(node) && !isClassExtends(ts, node)) return;
    if (ts.isImportDeclaration(node)) return void visitImport(node);
    if (ts.isIdentifier(node)) visitIdentifier(node);
    else if (ts.isElementAccessExpression(node)) visitElementAccess(node);
    else if (ts.isCallExpression(node)) visitCall(node);
    else if (ts.isBindingElement(node)) visitBindingElement(node);
    else if (ts.isPropertyAssignment(node)) visitPropertyAssignment(node);
    else if (ts.isExportDeclaration(node)) visitExport(node);
    else if (ts.isImportEqualsDeclaration(node)) visitImportEquals(node);
    ts.forEachChild(node, visit);
  };

  const visitIdentifier = (name: ts.Identifier): void => {
    const { parent } = name;
    if (ts.isPropertyAccessExpression(parent) && parent.name === name) {
      const call = isModuleGetter(name.text) ? callOf(ts, parent) : undefined;
      // The call itself is a candidate.
      if (call && loaderOf(ts, call)) return;
      if (isMemberName(name.text, parent.expression))
        candidates.push({ role: "member", name, expression: parent });
      else if (makesFunctions(parent)) candidates.push({ role: "evaluated", node: name });
      else if (name.text === "require" && isEscapingRequire(ts, parent))
        candidates.push({ role: "loading", node: parent });
      return;
    }
    if (ts.isShorthandPropertyAssignment(parent) && parent.name === name && isPattern(ts, parent.parent)) {
      visitPatternKey(name, name.text, parent.parent);
      return;
    }
    if (makesFunctions(name)) candidates.push({ role: "evaluated", node: name });
    if (isEscapingRequire(ts, name)) candidates.push({ role: "loading", node: name });
    if (!bindings.listed.has(name.text) && !globalNames.has(name.text)) return;
    if (bound.has(name) || isDeclarationName(ts, name)) return;
    if (ts.isShorthandPropertyAssignment(parent) && parent.name === name)
      candidates.push({ role: "shorthand", name, node: parent });
    else if (ts.isExportSpecifier(parent)) {
      if (
        !parent.isTypeOnly &&
        !parent.parent.parent.isTypeOnly &&
        (parent.propertyName ?? parent.name) === name
      )
        candidates.push({ role: "alias", name, node: parent });
    } else if (!isReachedThrough(ts, name)) candidates.push({ role: "name", name, expression: name });
  };

  /** In `net.isIP` the module is only the way to a member that opens nothing, or that is a candidate itself. */
  const isReachedThrough = (ts: TypeScript, expression: ts.Expression): boolean => {
    const table = moduleOf(ts, expression, bindings.listed);
    const access = table && outerAccess(ts, expression);
    const member = access && memberName(ts, access)?.text;
    if (!table || member === undefined) return false;
    return (
      moduleAt(table.module, [member]) !== undefined ||
      isInert(table, member) ||
      Object.hasOwn(table.exports, member)
    );
  };

  const visitBindingElement = (element: ts.BindingElement): void => {
    if (!ts.isObjectBindingPattern(element.parent) || element.dotDotDotToken || bound.has(element)) return;
    visitPropertyName(element.propertyName ?? element.name, element.parent);
  };

  const visitPropertyAssignment = (property: ts.PropertyAssignment): void => {
    if (isPattern(ts, property.parent)) visitPropertyName(property.name, property.parent);
  };

  const visitPropertyName = (name: ts.Node, pattern: ts.Node): void => {
    const key = constantKey(ts, name);
    if (key) visitPatternKey(key, key.text, pattern);
    else if (ts.isComputedPropertyName(name)) {
      const text = keys.textOf(name.expression);
      if (text !== undefined) visitPatternKey(name.expression, text, pattern);
    }
  };

  /** A method, or a global, that a pattern takes out of its object. */
  const visitPatternKey = (name: ts.Expression, key: string, pattern: ts.Node): void => {
    const from = patternSource(ts, pattern);
    if (matters(key) || (from && exportNames.has(key) && isOnlyNamed(from)))
      candidates.push({ role: "destructured", name, key, pattern });
  };

  /** Is it a module that is neither replaced nor reported as a value? */
  const isOnlyNamed = (expression: ts.Expression): boolean => {
    const table = moduleOf(ts, expression, bindings.listed);
    return !!table && !table.namespace && !table.finding;
  };

  /** Among what the global object and `process` have are functions that open anything, and give any module. */
  const mayGiveModules = (receiver: ts.Expression): boolean => {
    const table = moduleOf(ts, receiver, bindings.listed);
    return isGlobalObject(ts, receiver) || (!!table && givesModules(table));
  };

  const visitElementAccess = (expression: ts.ElementAccessExpression): void => {
    const name = memberName(ts, expression);
    if (name && isMemberName(name.text, expression.expression))
      candidates.push({ role: "member", name: name as ts.StringLiteralLike, expression });
    if (name || isWritten(ts, expression) || isOnlyTested(ts, expression) || isCompared(ts, expression))
      return;
    const { expression: receiver, argumentExpression: key } = expression;
    const isRun = isCalled(ts, expression) || isNew(ts, expression) || isCalledDirectly(ts, expression);
    if (isGlobalObject(ts, receiver) || isOnlyNamed(receiver)) {
      const text = keys.textOf(key);
      if (text !== undefined && isMemberName(text, receiver))
        candidates.push({ role: "computed", name: key, expression, keys: [text] });
      else if (isRun && !keys.isKnown(key) && mayGiveModules(receiver))
        candidates.push({ role: "unknown", name: key, expression });
      return;
    }
    // What a module is asked for by an unknown name, it is asked for as a value.
    if (isModuleExpression(ts, receiver, bindings.listed)) return;
    const methods = keys.methodsOf(key);
    // A property that is read by a key of another file is a symbol's more often than a method's.
    const isMethod = methods.length === 1 || isCalled(ts, expression);
    if (methods.length > 0 && isMethod)
      candidates.push({ role: "computed", name: key, expression, keys: methods });
  };

  /** A method's name counts on anything, an export's only where a listed module is near. */
  const isMemberName = (name: string, receiver: ts.Expression): boolean =>
    matters(name) ||
    (name === "default" && isEscapingModule(receiver)) ||
    (exportNames.has(name) && isModuleExpression(ts, receiver, bindings.listed));

  const matters = (name: string): boolean =>
    memberNames.has(name) || globalNames.has(name) || globalModuleNames.has(name) || held.has(name);

  /** `net.default` as a value, not as the way to an export. */
  const isEscapingModule = (receiver: ts.Expression): boolean => {
    const access = outerAccess(ts, receiver);
    return !!access && moduleOf(ts, access, bindings.listed) !== undefined && !isReachedThrough(ts, access);
  };

  const visitCall = (node: ts.CallExpression): void => {
    const load = loadOf(ts, node);
    const table = load && moduleTable(load.specifier.text);
    if (table) visitLoad(load, table);
    else if (!load && loaderOf(ts, node) && mayNameListedModule(ts, node))
      candidates.push({ role: "loading", node });
    else {
      visitReflectGet(node);
      visitReplacement(node);
      visitForeignRequire(node);
    }
  };

  /** `parent.require("net")`, `new Module(id).require("net")` */
  const visitForeignRequire = (node: ts.CallExpression): void => {
    const callee = unwrapped(ts, node.expression);
    const [specifier] = node.arguments;
    if (!ts.isPropertyAccessExpression(callee) || callee.name.text !== "require") return;
    if (specifier && ts.isStringLiteralLike(specifier) && moduleTable(specifier.text))
      candidates.push({ role: "loading", node, method: callee });
  };

  const visitLoad = ({ call, specifier, from }: Load, table: ModuleTable): void => {
    if (table.whole) return void candidates.push({ role: "module", specifier, node: call });
    const { parent } = carrierOf(ts, call);
    if (ts.isVariableDeclaration(parent) && (bound.has(parent) || separateElements(ts, parent).length > 0))
      return;
    if (ts.isExpressionStatement(parent)) return;
    const access = outerAccess(ts, call);
    const member = access && memberName(ts, access);
    if (member && (exportNames.has(member.text) || isInert(table, member.text))) return;
    const names =
      ts.isVariableDeclaration(parent) && ts.isObjectBindingPattern(parent.name)
        ? patternNames(ts, parent.name)
        : undefined;
    const getter = from === "builtin" ? call : undefined;
    candidates.push({ role: "module", specifier, node: call, names, getter });
  };

  /** `Reflect.get(sock, "connect")`, `Object.getOwnPropertyDescriptor(globalThis, "fetch")` */
  const visitReflectGet = ({ expression: callee, arguments: [receiver, key] }: ts.CallExpression): void => {
    if (!ts.isPropertyAccessExpression(callee) || !receiver) return;
    const { name, expression: owner } = callee;
    const isTaken =
      (name.text === "get" && ts.isIdentifier(owner) && owner.text === "Reflect") ||
      (name.text === "getOwnPropertyDescriptor" && isGlobalObject(ts, receiver));
    if (isTaken && key && ts.isStringLiteralLike(key) && isMemberName(key.text, receiver))
      candidates.push({ role: "destructured", name: key, key: key.text, pattern: receiver });
  };

  /** `mock.method(net, "connect")`, `Object.defineProperty(globalThis, "fetch", …)`; not `Object.hasOwn(…)`, which only looks. */
  const visitReplacement = ({ expression: callee, arguments: [receiver, key] }: ts.CallExpression): void => {
    if (!receiver || !key || !ts.isStringLiteralLike(key) || !isMemberName(key.text, receiver)) return;
    if (onlyLooking.test(lastName(ts, callee) ?? "")) return;
    if (isGlobalObject(ts, receiver) || moduleOf(ts, receiver, bindings.listed))
      candidates.push({ role: "replaced", name: key, receiver });
  };

  /** What is reported as a whole is where it is imported. */
  const visitImport = (node: ts.ImportDeclaration): void => {
    const { moduleSpecifier: specifier } = node;
    if (ts.isStringLiteralLike(specifier) && moduleTable(specifier.text)?.whole && isLoaded(ts, node))
      candidates.push({ role: "module", specifier, node });
  };

  const visitExport = (node: ts.ExportDeclaration): void => {
    const { moduleSpecifier: specifier, exportClause } = node;
    if (
      !isLoaded(ts, node) ||
      !specifier ||
      !ts.isStringLiteralLike(specifier) ||
      !moduleTable(specifier.text)
    )
      return;
    const names =
      exportClause && ts.isNamedExports(exportClause)
        ? exportClause.elements
            .filter((element) => !element.isTypeOnly)
            .map((element) => (element.propertyName ?? element.name).text)
        : undefined;
    candidates.push({ role: "module", specifier, node, names });
  };

  const visitImportEquals = (node: ts.ImportEqualsDeclaration): void => {
    if (node.isTypeOnly) return;
    const reference = node.moduleReference;
    if (ts.isExternalModuleReference(reference)) {
      const specifier = reference.expression;
      const exported = node.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword);
      const table = ts.isStringLiteralLike(specifier) ? moduleTable(specifier.text) : undefined;
      if (ts.isStringLiteralLike(specifier) && (exported ? table : table?.whole))
        candidates.push({ role: "module", specifier, node });
      return;
    }
    const name = ts.isIdentifier(reference) ? reference : leftmost(ts, reference);
    if (bindings.listed.has(name.text)) candidates.push({ role: "alias", name, node });
  };

  ts.forEachChild(file, visit);
  return { bindings, candidates };
}

/** `Reflect.get`, `Object.hasOwn`, `hasOwnProperty.call`, `_.has` */
const onlyLooking = /^(?:get|has|call|apply|getOwn|hasOwn|is[A-Z])/;

function leftmost(ts: TypeScript, name: ts.QualifiedName): ts.Identifier {
  return ts.isIdentifier(name.left) ? name.left : leftmost(ts, name.left);
}

/** The module that the expression is, as far as syntax can tell: `net`, `require("net")`, `net.default`, `dns.promises`. */
function moduleOf(
  ts: TypeScript,
  node: ts.Expression,
  listed: ReadonlyMap<string, readonly Binding[]>,
): ModuleTable | undefined {
  const inner = unwrapped(ts, node);
  if (ts.isIdentifier(inner)) {
    const binding = listed.get(inner.text)?.[0];
    return binding ? moduleAt(binding.module, binding.path) : globalModule(inner.text);
  }
  const load = loadOf(ts, inner);
  if (load)
    return load.call.expression.kind === ts.SyntaxKind.ImportKeyword
      ? undefined
      : moduleTable(load.specifier.text);
  if (!ts.isPropertyAccessExpression(inner) && !ts.isElementAccessExpression(inner)) return undefined;
  const table = moduleOf(ts, inner.expression, listed);
  const name = memberName(ts, inner)?.text;
  if (name !== undefined && isGlobalObject(ts, inner.expression)) return globalModule(name);
  return table && name !== undefined ? moduleAt(table.module, [name]) : undefined;
}

/** Is the expression a listed module or a member of one? */
function isModuleExpression(
  ts: TypeScript,
  node: ts.Expression,
  listed: ReadonlyMap<string, readonly Binding[]>,
): boolean {
  const inner = unwrapped(ts, node);
  if (moduleOf(ts, inner, listed) || (ts.isIdentifier(inner) && listed.has(inner.text))) return true;
  return ts.isPropertyAccessExpression(inner) && isModuleExpression(ts, inner.expression, listed);
}

/** The outermost expression that is nothing but the load, in wrappers, awaited, or as a compiler wraps it. */
function carrierOf(ts: TypeScript, node: ts.Expression): ts.Expression {
  const { parent } = node;
  if (isWrapper(ts, parent) || ts.isAwaitExpression(parent)) return carrierOf(ts, parent);
  const isInterop = ts.isCallExpression(parent) && interopArgument(ts, parent) === node;
  return isInterop ? carrierOf(ts, parent) : node;
}

/** The name of a property, where it is constant. */
function constantKey(ts: TypeScript, name: ts.Node): ts.Identifier | ts.StringLiteralLike | undefined {
  if (ts.isComputedPropertyName(name))
    return ts.isStringLiteralLike(name.expression) ? name.expression : undefined;
  return ts.isIdentifier(name) || ts.isStringLiteralLike(name) ? name : undefined;
}

/** The names that an object pattern takes, or undefined where it takes what syntax can't tell. */
function patternNames(ts: TypeScript, pattern: ts.ObjectBindingPattern): string[] | undefined {
  const names: string[] = [];
  for (const element of pattern.elements) {
    const key = constantKey(ts, element.propertyName ?? element.name);
    if (element.dotDotDotToken || !key) return undefined;
    names.push(key.text);
  }
  return names;
}

function isClassExtends(ts: TypeScript, clause: ts.HeritageClause): boolean {
  return clause.token === ts.SyntaxKind.ExtendsKeyword && ts.isClassLike(clause.parent);
}
