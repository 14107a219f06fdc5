import type ts from "typescript";
import { bareSpecifier } from "../engine/catalogue.js";
import type { Identity, Question, Resolver, TypeScript } from "../engine/vocabulary.js";

/** A resolver over the checker of a program in this process: TypeScript 5.0 to 6.x. */
export function inProcessResolver(ts: TypeScript, checker: ts.TypeChecker): Resolver {
  return { resolve: (questions) => questions.map((question) => resolve(ts, checker, question)) };
}

function resolve(ts: TypeScript, checker: ts.TypeChecker, question: Question): Identity {
  const symbol = symbolOf(ts, checker, question);
  const declarations = symbol?.declarations ?? [];
  if (declarations.length === 0)
    return receiverIsAny(ts, checker, question) ? { kind: "any" } : { kind: "unknown" };
  const identities = distinct(declarations.map((declaration) => identify(ts, declaration)));
  return identities.length === 1 ? identities[0]! : { kind: "mixed", of: identities };
}

function symbolOf(
  ts: TypeScript,
  checker: ts.TypeChecker,
  { name, receiver }: Question,
): ts.Symbol | undefined {
  const symbol = isPattern(ts, receiver)
    ? checker.getTypeAtLocation(receiver).getProperty(name.text)
    : ts.isShorthandPropertyAssignment(name.parent)
      ? checker.getShorthandAssignmentValueSymbol(name.parent)
      : ts.isExportSpecifier(name.parent)
        ? checker.getExportSpecifierLocalTargetSymbol(name as ts.Identifier)
        : (checker.getSymbolAtLocation(name) ?? propertyOf(ts, checker, name, receiver));
  if (!symbol || !(symbol.flags & ts.SymbolFlags.Alias)) return symbol;
  const target = checker.getAliasedSymbol(symbol);
  // An import that nothing resolves: its own declaration is all there is to know.
  return target.declarations?.length ? target : symbol;
}

/** `sock?.["connect"]`: checkers know the symbol of an identifier, not always that of a string. */
function propertyOf(
  ts: TypeScript,
  checker: ts.TypeChecker,
  name: ts.Node & { readonly text: string },
  receiver: ts.Node | undefined,
): ts.Symbol | undefined {
  if (!receiver || !ts.isStringLiteralLike(name)) return undefined;
  return checker.getNonNullableType(checker.getTypeAtLocation(receiver)).getProperty(name.text);
}

function isPattern(ts: TypeScript, node: ts.Node | undefined): node is ts.Node {
  return !!node && (ts.isObjectBindingPattern(node) || ts.isObjectLiteralExpression(node));
}

function receiverIsAny(ts: TypeScript, checker: ts.TypeChecker, { receiver }: Question): boolean {
  if (!receiver) return false;
  return (checker.getTypeAtLocation(receiver).flags & (ts.TypeFlags.Any | ts.TypeFlags.Unknown)) !== 0;
}

/** A declaration is recognised by the module it is declared in, never by a file's path. */
function identify(ts: TypeScript, declaration: ts.Declaration): Identity {
  const path: string[] = [];
  for (let node: ts.Node = declaration; ; node = node.parent) {
    if (ts.isModuleDeclaration(node) && ts.isStringLiteral(node.name))
      return { kind: "export", module: bareSpecifier(node.name.text), path };
    const isGlobal = ts.isSourceFile(node)
      ? node.isDeclarationFile && !ts.isExternalModule(node)
      : ts.isModuleDeclaration(node) && (node.flags & ts.NodeFlags.GlobalAugmentation) !== 0;
    if (isGlobal && path.length > 0) return { kind: "global", path };
    if (ts.isSourceFile(node)) return userDeclaration(declaration, path);
    const name = declaredName(ts, node);
    if (name !== undefined) path.unshift(name);
    else if (isScope(ts, node)) return userDeclaration(declaration, path);
  }
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

function distinct(identities: readonly Identity[]): Identity[] {
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
