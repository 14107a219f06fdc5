import type ts from "typescript";
import type { Binding, Bindings } from "./bindings.js";
import {
  bareSpecifier,
  followPath,
  globalModule,
  globalNames,
  lookUp,
  moduleOfGlobal,
  moduleTable,
} from "./catalogue.js";
import { constantAt } from "./constants.js";
import { interopArgument, loadOf } from "./loading.js";
import { isModuleClass } from "./requires.js";
import type { Sources } from "./sources.js";
import { choicesOf, globalObjects, isGlobalObject, memberName, unwrapped } from "./syntax.js";
import type { Identity, TypeScript } from "./vocabulary.js";

/** What is known about the names of one file: the resolver's answers, and what the file's own imports say. */
export interface Knowledge {
  readonly ts: TypeScript;
  readonly file: ts.SourceFile;
  readonly bindings: Bindings;
  readonly answers: ReadonlyMap<ts.Node, Identity>;
  readonly sources: Sources;
  /** All that `#net` may stand for in this file. */
  subpath(this: void, specifier: string): readonly string[];
}

const unknown: Identity = { kind: "unknown" };

/** What an identifier in a value position stands for. */
export function identifyName(knowledge: Knowledge, name: ts.Identifier): Identity {
  const answer = knowledge.answers.get(name) ?? unknown;
  const binding = bindingOf(knowledge, name);
  // Untyped `const net = require("net")`, or an import that nothing resolves (no @types/node): the specifier tells.
  if (binding && (answer.kind === "user" || answer.kind === "unknown" || answer.kind === "any"))
    return canonical({ kind: "export", module: binding.module, path: binding.path });
  if (answer.kind === "unknown" && (globalNames.has(name.text) || globalModule(name.text)))
    return canonical({ kind: "global", path: [name.text] });
  return canonical(answer);
}

/**
 * What a member of `owner` stands for, `owner.name` or one that a pattern takes out of it: the resolver's answer or, where
 * there are no types, what the owner's path says.
 *
 * @param key what `name` says, or is a constant for
 */
export function identifyMember(
  knowledge: Knowledge,
  name: ts.Expression,
  key: string,
  owner: ts.Expression | undefined,
): Identity {
  const answer = knowledge.answers.get(name) ?? unknown;
  const isTyped = answer.kind !== "any" && answer.kind !== "unknown";
  // `globalThis || this`: that only part of it has the member says less than its own words.
  const isPartial = answer.kind === "mixed" && answer.of.some(({ kind }) => kind === "unknown");
  if (isTyped && answer.kind !== "user" && !isPartial) return canonical(answer);
  const from = owner ? identifyExpression(knowledge, owner) : unknown;
  if (isPartial) return isGlobalThis(from) ? memberOf(from, key)! : canonical(answer);
  if (answer.kind === "user" && !isOfOwner(answer, from)) return answer;
  const member = memberOf(from, key);
  // `globalThis.held.connect`: what the program itself has put there.
  const isOwn = member?.kind === "global" && member.path.length > 1 && !lookUp(member);
  return isOwn ? answer : (member ?? answer);
}

/**
 * The types of packages are files like the program's own: what the package itself is asked for is its export. And the
 * global object, and what it has, is what it is, whatever type it is taken for:
 * `(globalThis as { fetch(url: string): void }).fetch`.
 */
function isOfOwner(answer: Identity & { readonly kind: "user" }, owner: Identity): boolean {
  if (owner.kind === "global") return true;
  if (owner.kind !== "export") return false;
  return owner.path.length === 0 || isOfPackage(answer.declaration.fileName, owner.module);
}

function memberOf(owner: Identity, name: string): Identity | undefined {
  if (owner.kind === "export") return canonical({ ...owner, path: [...owner.path, name] });
  if (owner.kind !== "global") return undefined;
  if (!isGlobalThis(owner)) return canonical({ kind: "global", path: [...owner.path, name] });
  // `window.self`
  return canonical({ kind: "global", path: [globalObjects.has(name) ? "globalThis" : name] });
}

/**
 * Is it a parameter that a call in this file hands the global object to, or a variable that it is given to, whatever else
 * they may be?
 */
export function maybeGlobal({ ts, file, bindings, answers }: Knowledge, node: ts.Expression): boolean {
  const inner = unwrapped(ts, node);
  if (!ts.isIdentifier(inner)) return false;
  const answer = answers.get(inner);
  if (answer?.kind !== "user" || answer.declaration.fileName !== file.fileName) return false;
  return bindings.handed.has(answer.declaration.start) || bindings.scopes.has(inner.text);
}

/** Is the identifier one that is assigned what a redirected load gives? */
export function isRedirected({ bindings, answers }: Knowledge, name: ts.Identifier): boolean {
  const own = JSON.stringify(answers.get(name) ?? unknown);
  const assigned = bindings.redirected.get(name.text) ?? [];
  return assigned.some((other) => JSON.stringify(answers.get(other) ?? unknown) === own);
}

/** The binding that an identifier refers to. */
export function bindingOf({ bindings, file, answers }: Knowledge, name: ts.Identifier): Binding | undefined {
  const candidates = bindings.listed.get(name.text);
  const answer = answers.get(name);
  if (!candidates || answer?.kind !== "user") return candidates?.[0];
  const { fileName, start } = answer.declaration;
  return candidates.find(({ declaration, module }) =>
    fileName === file.fileName ? declaration.getStart(file) === start : isOfPackage(fileName, module),
  );
}

/** Is this one of the files that declare a package's types? */
function isOfPackage(fileName: string, name: string): boolean {
  return fileName.includes(`/node_modules/${name}/`) || fileName.includes(`/node_modules/@types/${name}/`);
}

/** Is it the global object itself? */
export function isGlobalThis(identity: Identity): boolean {
  return identity.kind === "global" && identity.path.length === 1 && identity.path[0] === "globalThis";
}

/** What an expression is by its own words: a path from a listed module or the global object. */
export function identifyExpression(knowledge: Knowledge, node: ts.Expression): Identity {
  const { ts } = knowledge;
  const inner = unwrapped(ts, node);
  if (ts.isAwaitExpression(inner)) return identifyExpression(knowledge, inner.expression);
  if (ts.isIdentifier(inner)) return identifyIdentifier(knowledge, inner);
  const argument = interopArgument(ts, inner);
  if (argument) return identifyExpression(knowledge, argument);
  if (ts.isBinaryExpression(inner) || ts.isConditionalExpression(inner)) return globalAmong(knowledge, inner);
  if (isModuleClass(ts, inner)) return { kind: "export", module: "module", path: [] };
  const load = loadOf(ts, inner);
  if (load && moduleTable(load.specifier.text))
    return { kind: "export", module: bareSpecifier(load.specifier.text), path: [] };
  if (!ts.isPropertyAccessExpression(inner) && !ts.isElementAccessExpression(inner)) return unknown;
  const name = memberName(ts, inner);
  return (name && memberOf(identifyExpression(knowledge, inner.expression), name.text)) ?? unknown;
}

/** `typeof self === "object" && self || typeof global === "object" && global || this`: one of them is the global object. */
function globalAmong(knowledge: Knowledge, node: ts.Expression): Identity {
  const choices = choicesOf(knowledge.ts, node);
  if (choices.length === 1) return unknown;
  return choices.map((choice) => identifyExpression(knowledge, choice)).find(isGlobalThis) ?? unknown;
}

function identifyIdentifier(knowledge: Knowledge, name: ts.Identifier): Identity {
  const { ts, answers, file } = knowledge;
  const answer = answers.get(name);
  const isOwn = answer?.kind === "user";
  if (!isOwn && isGlobalObject(ts, name)) return { kind: "global", path: ["globalThis"] };
  const identity = identifyName(knowledge, name);
  if (identity.kind !== "user" || !isOwn || answer.declaration.fileName !== file.fileName) return identity;
  const value = constantAt(ts, file, answer.declaration.start);
  return value && value.end < name.pos ? identifyExpression(knowledge, value) : identity;
}

/** Where lib.dom.d.ts and lib.webworker.d.ts declare what is global by being a member of the global object. */
const globalScopes = ["Window", "WindowOrWorkerGlobalScope", "WorkerGlobalScope"];

/** One name for one thing: without the prototype that a method is reached by, and in the module that has it. */
function canonical(identity: Identity): Identity {
  if (identity.kind === "mixed") {
    const distinct = new Map(identity.of.map(canonical).map((each) => [JSON.stringify(each), each]));
    const [only] = distinct.values();
    return distinct.size === 1 ? only! : { kind: "mixed", of: [...distinct.values()] };
  }
  if (identity.kind === "global") {
    const [scope, ...rest] = identity.path;
    const path = rest.length > 0 && globalScopes.includes(scope!) ? rest : identity.path;
    const [module, ...exported] = moduleOfGlobal(path) ?? [];
    return module === undefined ? { kind: "global", path } : { kind: "export", module, path: exported };
  }
  if (identity.kind !== "export") return identity;
  const [table, path] = followPath(identity.module, identity.path);
  return {
    kind: "export",
    module: table?.module ?? identity.module,
    path: path.filter((step) => step !== "prototype"),
  };
}
