import type ts from "typescript";
import { bareSpecifier, isRuntimeSpecifier, moduleTable } from "./catalogue.js";
import { requireSpecifier } from "./syntax.js";
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
}

export interface Bindings {
  /** Names that hold a listed module and are assigned another value: their requires are redirected instead. */
  readonly reassigned: ReadonlySet<string>;
  /** By local name; a name can be bound in several scopes. */
  readonly listed: ReadonlyMap<string, readonly Binding[]>;
  /** Local names bound to the runtime, and what they import of it (`*`: all). What is reached through them is an R-form already. */
  readonly runtime: ReadonlyMap<string, string>;
}

/** The local names that a file's imports and requires give to listed modules, their exports, and the runtime. */
export function collectBindings(ts: TypeScript, file: ts.SourceFile): Bindings {
  const listed = new Map<string, Binding[]>();
  const runtime = new Map<string, string>();
  const reassigned = new Set<string>();

  const bind = (
    local: ts.Identifier,
    specifier: ts.StringLiteralLike,
    path: readonly string[],
    declaration: ts.Node,
  ): void => {
    if (isRuntimeSpecifier(specifier.text)) runtime.set(local.text, path[0] ?? "*");
    if (!moduleTable(specifier.text)) return;
    const binding = { local, module: bareSpecifier(specifier.text), path, specifier, declaration };
    listed.set(local.text, [...(listed.get(local.text) ?? []), binding]);
  };

  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) return void visitImport(node);
    if (ts.isImportEqualsDeclaration(node)) return void visitImportEquals(node);
    if (ts.isVariableDeclaration(node)) visitRequire(node);
    if (
      ts.isBinaryExpression(node) &&
      node.operatorToken.kind === ts.SyntaxKind.EqualsToken &&
      ts.isIdentifier(node.left)
    )
      reassigned.add(node.left.text);
    ts.forEachChild(node, visit);
  };

  const visitImport = (node: ts.ImportDeclaration): void => {
    const clause = node.importClause;
    if (!clause || clause.isTypeOnly || !ts.isStringLiteralLike(node.moduleSpecifier)) return;
    if (clause.name) bind(clause.name, node.moduleSpecifier, [], clause);
    const named = clause.namedBindings;
    if (named && ts.isNamespaceImport(named)) bind(named.name, node.moduleSpecifier, [], named);
    if (!named || !ts.isNamedImports(named)) return;
    for (const element of named.elements) {
      if (element.isTypeOnly) continue;
      const imported = (element.propertyName ?? element.name).text;
      bind(element.name, node.moduleSpecifier, imported === "default" ? [] : [imported], element);
    }
  };

  const visitImportEquals = (node: ts.ImportEqualsDeclaration): void => {
    const reference = node.moduleReference;
    if (node.isTypeOnly || !ts.isExternalModuleReference(reference)) return;
    if (ts.isStringLiteralLike(reference.expression)) bind(node.name, reference.expression, [], node);
  };

  /** `const net = require("net")`. What destructures a require is redirected instead, see candidates.ts. */
  const visitRequire = (node: ts.VariableDeclaration): void => {
    const specifier = node.initializer && requireSpecifier(ts, node.initializer);
    if (!specifier) return;
    if (ts.isIdentifier(node.name)) bind(node.name, specifier, [], node);
    else if (isRuntimeSpecifier(specifier.text) && ts.isObjectBindingPattern(node.name))
      for (const { name, propertyName = name } of node.name.elements)
        if (ts.isIdentifier(name) && ts.isIdentifier(propertyName)) runtime.set(name.text, propertyName.text);
  };

  ts.forEachChild(file, visit);
  const dropped = new Set([...reassigned].filter((name) => listed.delete(name)));
  return { listed, runtime, reassigned: dropped };
}
