import type ts from "typescript";
import type { Bindings } from "../bindings.js";
import type { TypeScript } from "../vocabulary.js";
import { visitCall } from "./calls.js";
import type { Candidate } from "./candidate.js";
import { visitExport, visitImport, visitImportEquals } from "./declarations.js";
import { visitElementAccess } from "./keys.js";
import { visitIdentifier } from "./names.js";
import { visitBindingElement, visitPropertyAssignment } from "./patterns.js";
import { Scope } from "./scope.js";

export type { Candidate };

export interface Collected {
  readonly bindings: Bindings;
  readonly candidates: readonly Candidate[];
}

/** Everything in a file that may touch a socket function. Parents must be set. */
export function collectCandidates(ts: TypeScript, file: ts.SourceFile): Collected {
  const scope = new Scope(ts, file);
  const visit = (node: ts.Node): void => {
    if (!scope.places.within(node)) return;
    if (ts.isTypeNode(node) && !ts.isExpressionWithTypeArguments(node)) return;
    if (isDeclaredOnly(ts, node)) return;
    if (ts.isHeritageClause(node) && !isClassExtends(ts, node)) return;
    if (ts.isImportDeclaration(node)) return visitImport(scope, node);
    if (ts.isIdentifier(node)) visitIdentifier(scope, node);
    else if (ts.isElementAccessExpression(node)) visitElementAccess(scope, node);
    else if (ts.isCallExpression(node)) visitCall(scope, node);
    else if (ts.isBindingElement(node)) visitBindingElement(scope, node);
    else if (ts.isPropertyAssignment(node)) visitPropertyAssignment(scope, node);
    else if (ts.isExportDeclaration(node)) visitExport(scope, node);
    else if (ts.isImportEqualsDeclaration(node)) visitImportEquals(scope, node);
    ts.forEachChild(node, visit);
  };
  ts.forEachChild(file, visit);
  return scope;
}

/** `declare module "x" { export * from "net"; }`, `declare class Line extends net.Socket {}`: nothing of it runs. */
function isDeclaredOnly(ts: TypeScript, node: ts.Node): boolean {
  if (!ts.isModuleDeclaration(node) && !ts.isClassDeclaration(node)) return false;
  return node.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.DeclareKeyword) ?? false;
}

function isClassExtends(ts: TypeScript, clause: ts.HeritageClause): boolean {
  return clause.token === ts.SyntaxKind.ExtendsKeyword && ts.isClassLike(clause.parent);
}
