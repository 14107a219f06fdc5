import type ts from "typescript";
import { bareSpecifier, globalModule, globalNames } from "../engine/catalogue.js";
import { globalObjects } from "../engine/syntax.js";
import type { Identity, TypeScript } from "../engine/vocabulary.js";

/** A declaration is recognised by the module it is declared in, never by a file's path. */
export function identify(ts: TypeScript, declaration: ts.Declaration): Identity {
  const assigned = ofGlobalObject(ts, declaration);
  if (assigned !== undefined) return { kind: "global", path: [assigned] };
  const path: string[] = [];
  for (let node: ts.Node = declaration; ; node = node.parent) {
    if (ts.isModuleDeclaration(node) && ts.isStringLiteral(node.name))
      return { kind: "export", module: bareSpecifier(node.name.text), path };
    const isGlobal = ts.isSourceFile(node)
      ? node.isDeclarationFile && !ts.isExternalModule(node)
      : ts.isModuleDeclaration(node) && isGlobalAugmentation(ts, node);
    if (isGlobal && path.length > 0) return { kind: "global", path };
    if (ts.isSourceFile(node)) return userDeclaration(declaration, path);
    const name = declaredName(ts, node);
    if (name !== undefined && namesGlobal(ts, node, name, path))
      return { kind: "global", path: [name, ...path] };
    if (name !== undefined) path.unshift(name);
    else if (isScope(ts, node)) return userDeclaration(declaration, path);
  }
}

/** `globalThis.fetch = …`, by which JavaScript declares both anew, the global and the global object. */
function ofGlobalObject(ts: TypeScript, declaration: ts.Node): string | undefined {
  if (ts.isIdentifier(declaration)) return globalObjects.has(declaration.text) ? "globalThis" : undefined;
  const target = ts.isBinaryExpression(declaration) ? declaration.left : declaration;
  const isOfGlobal =
    ts.isPropertyAccessExpression(target) &&
    ts.isIdentifier(target.expression) &&
    globalObjects.has(target.expression.text);
  return isOfGlobal && ts.isIdentifier(target.name) ? target.name.text : undefined;
}

/** `declare global {}`: the flag that told so is gone in TypeScript 7, which has a keyword for every module. */
function isGlobalAugmentation(ts: TypeScript, node: ts.ModuleDeclaration): boolean {
  const { keyword } = node as ts.ModuleDeclaration & { readonly keyword?: ts.SyntaxKind };
  return keyword === undefined
    ? (node.flags & ts.NodeFlags.GlobalAugmentation) !== 0
    : node.name.text === "global" && keyword !== ts.SyntaxKind.NamespaceKeyword;
}

/**
 * `declare const fetch: …`, `declare namespace Deno { … }` at the top of a file: they only say of a type what it is, and
 * make nothing, so that the name stands for the global.
 *
 * @param path the names of what is meant within the declaration: those in a namespace are the global's own
 */
function namesGlobal(ts: TypeScript, node: ts.Node, name: string, path: readonly string[]): boolean {
  if (!globalNames.has(name) && !globalModule(name) && !globalObjects.has(name)) return false;
  const isValue =
    ts.isVariableDeclaration(node) || ts.isFunctionDeclaration(node) || ts.isClassDeclaration(node);
  if (!(isValue && path.length === 0) && !ts.isModuleDeclaration(node)) return false;
  const statement = ts.isVariableDeclaration(node) ? node.parent.parent : node;
  if (!ts.isSourceFile(statement.parent) || statement.parent.isDeclarationFile) return false;
  const { modifiers = [] } = statement as ts.VariableStatement;
  const has = (kind: ts.SyntaxKind): boolean => modifiers.some((modifier) => modifier.kind === kind);
  return has(ts.SyntaxKind.DeclareKeyword) && !has(ts.SyntaxKind.ExportKeyword);
}

/** The name that a declaration adds to the path of what it contains. */
function declaredName(ts: TypeScript, node: ts.Node): string | undefined {
  const { name } = node as ts.NamedDeclaration;
  return name && (ts.isIdentifier(name) || ts.isStringLiteralLike(name)) ? name.text : undefined;
}

/** A function body hides what it declares: no export can be in there. */
function isScope(ts: TypeScript, node: ts.Node): boolean {
  return ts.isBlock(node) || ts.isFunctionLike(node);
}

function userDeclaration(declaration: ts.Declaration, path: readonly string[]): Identity {
  const file = declaration.getSourceFile();
  return {
    kind: "user",
    declaration: { fileName: file.fileName, start: declaration.getStart(file) },
    label: path.join("."),
  };
}

export function distinct(identities: readonly Identity[]): Identity[] {
  const seen = new Map(identities.map((identity) => [identityKey(identity), identity]));
  return [...seen.values()];
}

/** Overloads and merged declarations of one thing have one key; two user declarations stay two. */
function identityKey(identity: Identity): string {
  switch (identity.kind) {
    case "export":
      return `${identity.module}#${identity.path.join(".")}`;
    case "global":
      return `global#${identity.path.join(".")}`;
    case "user":
      return `user#${identity.declaration.fileName}#${identity.label}`;
    default:
      return identity.kind;
  }
}
