import type ts from "typescript";
import { checkContract, missingInit } from "../../contract/index.js";
import { collectDeclarations } from "../../contract/declarations.js";
import { nameOf, placeOf, type Names } from "../../contract/names.js";
import { berkeley } from "../../tables/berkeley.js";
import type { RForm, SocketCall } from "../../tables/schema.js";
import { isDeclarationName, isWritten } from "../syntax.js";
import type { Finding, Irrelevant, Resolver, Rewrite, TypeScript } from "../vocabulary.js";
import { refusalOf, type Known } from "./datagram.js";
import { receiverOf, resolveNames, rowOf } from "./exports.js";
import { berkeleyImports } from "./imports.js";
import { mentionsBerkeley } from "./linked.js";
import { berkeleyModules, type BerkeleyModules } from "./modules.js";
import { collectValues } from "./values.js";

/** What becomes of the names in one file that stand for something of a Berkeley module. */
export interface BerkeleyPlan {
  readonly rewrites: Rewrite[];
  readonly findings: Finding[];
  readonly irrelevant: Irrelevant[];
}

/**
 * The literal `-D` rename, by binding and not by spelling, and the calling contract on every path.
 *
 * @param configured see {@link berkeleyModules}
 */
export function planBerkeley(
  ts: TypeScript,
  files: readonly ts.SourceFile[],
  resolver: Resolver,
  configured: readonly string[],
): ReadonlyMap<ts.SourceFile, BerkeleyPlan> {
  const modules = berkeleyModules(configured);
  const near = files.filter((file) => mayUse(ts, file, modules));
  if (near.length === 0) return new Map();
  const names = resolveNames(ts, near, resolver, modules);
  const declarations = collectDeclarations(ts, near);
  const { aliases } = declarations;
  const contractNames: Names = {
    ts,
    identityOf: names.identityOf,
    socketCall: (name) => socketCallOf(name),
  };
  /** By whatever name: what another name was made of is asked again. */
  function socketCallOf(name: ts.Node, depth = 0): SocketCall | undefined {
    const call = rowOf(names.exportOf(name))?.call;
    const place = call || depth > 10 ? undefined : placeOf(contractNames, name);
    const alias = place === undefined ? undefined : aliases.get(place);
    const other = alias && nameOf(contractNames, alias);
    return call ?? (other && socketCallOf(other, depth + 1));
  }
  const values = collectValues(contractNames, near, declarations);
  const known: Known = { names: contractNames, exportOf: names.exportOf, values };
  const plans = new Map(near.map((file) => [file, planFile(ts, file, known)] as const));
  const using = near.filter((file) => usesSocketCalls(ts, file, contractNames));
  for (const [file, findings] of checkContract(contractNames, using))
    plans.get(file)!.findings.push(...findings.map((finding) => ({ ...finding, isBeside: true })));
  for (const file of using)
    plans
      .get(file)!
      .findings.push(
        ...missingInit(ts, file, near, modules.isSpecifier).map((each) => ({ ...each, isBeside: true })),
      );
  return plans;
}

/** The files of the modules themselves are what is renamed to, for whoever uses them: they stay as they are. */
function mayUse(ts: TypeScript, file: ts.SourceFile, modules: BerkeleyModules): boolean {
  if (modules.isFile(file.fileName)) return false;
  if (!modules.areConfigured && !file.text.includes(berkeley.module)) return false;
  return mentionsBerkeley(file.text) || berkeleyImports(ts, file, modules).length > 0;
}

function planFile(ts: TypeScript, file: ts.SourceFile, known: Known): BerkeleyPlan {
  const plan: BerkeleyPlan = { rewrites: [], findings: [], irrelevant: [] };
  const visit = (node: ts.Node): void => {
    if (ts.isTypeNode(node) && !ts.isExpressionWithTypeArguments(node)) return;
    if (ts.isImportDeclaration(node) || ts.isInterfaceDeclaration(node)) return;
    if (ts.isIdentifier(node) || (ts.isStringLiteralLike(node) && receiverOf(ts, node)))
      decide(ts, node, known, plan);
    ts.forEachChild(node, visit);
  };
  ts.forEachChild(file, visit);
  return plan;
}

function decide(
  ts: TypeScript,
  name: ts.Identifier | ts.StringLiteralLike,
  known: Known,
  { rewrites, findings, irrelevant }: BerkeleyPlan,
): void {
  const exported = known.exportOf(name) ?? calledAs(ts, name, known);
  if (exported === undefined) return;
  const { parent } = name;
  const isAlias = ts.isBindingElement(parent) || ts.isExportSpecifier(parent);
  if (ts.isBindingElement(parent) && name !== (parent.propertyName ?? parent.name)) return;
  if (isAlias && rowOf(exported) && rowOf(exported)!.class !== "inert")
    return void irrelevant.push({ node: name, reason: "another name for it: what uses that is rewritten" });
  if (isAlias || (ts.isIdentifier(name) && isDeclarationName(ts, name))) return;
  if (exported === "") {
    if (!isReachedThrough(ts, name)) findings.push({ code: berkeley.finding, node: name });
    return;
  }
  const row = rowOf(exported);
  const expression = receiverOf(ts, name) ? (parent as ts.Expression) : (name as ts.Identifier);
  if (!row) return;
  const refusal = row.refuses ? refusalOf(known, expression, row) : "never";
  if (row.refuses && refusal !== "never")
    return void findings.push({
      code: row.refuses.finding,
      node: name,
      ...(refusal === "may" ? { certainty: "may" as const } : {}),
    });
  if (row.class === "inert") return;
  if (row.finding) return void findings.push({ code: row.finding, node: name });
  if (isWritten(ts, expression)) return void findings.push({ code: "SOCKS1007", node: name });
  const to: RForm = row.becomes!;
  const isShorthand = ts.isShorthandPropertyAssignment(parent) && parent.name === name;
  rewrites.push(
    isShorthand
      ? { shape: "shorthand", node: parent, name, to, from: berkeley.module }
      : { shape: "reference", node: expression, name, to, from: berkeley.module },
  );
}

/** `const make = socket; make(2, 2)`: another name for what a row refuses calls of. */
function calledAs(
  ts: TypeScript,
  name: ts.Identifier | ts.StringLiteralLike,
  { names }: Known,
): string | undefined {
  return ts.isIdentifier(name) && !isDeclarationName(ts, name) && names.socketCall(name) === "socket"
    ? "socket"
    : undefined;
}

/** In `sockets.connect` the module is only the way to a member. */
function isReachedThrough(ts: TypeScript, name: ts.Node): boolean {
  const { parent } = name;
  if (ts.isPropertyAccessExpression(parent) && parent.expression === name) return true;
  if (ts.isQualifiedName(parent) || ts.isTypeNode(parent)) return true;
  if (ts.isVariableDeclaration(parent) && parent.initializer === name)
    return ts.isObjectBindingPattern(parent.name);
  return (
    ts.isElementAccessExpression(parent) &&
    parent.expression === name &&
    ts.isStringLiteralLike(parent.argumentExpression)
  );
}

function usesSocketCalls(ts: TypeScript, file: ts.SourceFile, names: Names): boolean {
  const visit = (node: ts.Node): boolean =>
    (ts.isIdentifier(node) && names.socketCall(node) !== undefined) ||
    (ts.forEachChild(node, (child) => visit(child) || undefined) ?? false);
  return visit(file);
}
