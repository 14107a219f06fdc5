import type ts from "typescript";
import type { RForm } from "../tables/schema.js";
import { RUNTIME } from "./catalogue.js";
import { leftOver } from "./left-over.js";
import { prologueLength } from "./placement.js";
import { freeName, neededNames, runtimeImport, runtimeName } from "./runtime-import.js";
import type { NodeContext } from "./shapes/shape.js";
import { shapes } from "./shapes/index.js";
import type { FilePlan, Rewrite, TypeScript } from "./vocabulary.js";

export interface AstOptions {
  /**
   * How the runtime is brought in. `named` is what the text renderer writes. Emit needs one of the others: the
   * CommonJS transform of TypeScript does not substitute the uses of a named import that a transformer adds.
   */
  readonly runtime: "named" | "import" | "require";
  /** Whether imports that only rewritten calls referred to are left out, as TypeScript leaves out what is unused. */
  readonly elide: boolean;
}

/** A plan as nodes: the same program as the text renderer's. */
export function renderNodes(
  ts: TypeScript,
  context: ts.TransformationContext,
  file: ts.SourceFile,
  plan: FilePlan,
  options: AstOptions,
): ts.SourceFile {
  const { factory } = context;
  const byNode = new Map(plan.rewrites.map((rewrite) => [rewrite.node, rewrite]));
  const needed = neededNames(plan);
  const namespaces = namespacesFor(file.text, [...needed.keys()]);
  const named = runtimeImport(plan, "import", '"');

  const write = (rewrite: Rewrite): string =>
    options.runtime === "named"
      ? named.reference(rewrite)
      : `${namespaces.get(rewrite.from ?? RUNTIME)}.${rewrite.to}`;

  const nodeContext: NodeContext = {
    ts,
    factory,
    reference: (rewrite) => expressionOf(write(rewrite), rewrite.name),
    visit: (node) => ts.visitNode(node, visit) as typeof node,
  };

  /** The last name is what a call site's position in a stack trace comes from: it maps to the name it replaces. */
  const expressionOf = (path: string, name: ts.Node): ts.Expression => {
    const [root, ...members] = path.split(".").map((part) => factory.createIdentifier(part));
    ts.setSourceMapRange(members.at(-1) ?? root!, { pos: name.getStart(file), end: name.end });
    return members.reduce<ts.Expression>(
      (object, member) => factory.createPropertyAccessExpression(object, member),
      root!,
    );
  };

  const visit = (node: ts.Node): ts.Node => {
    const rewrite = byNode.get(ts.getOriginalNode(node));
    if (!rewrite) return ts.visitEachChild(node, visit, context);
    const rendered = shapes[rewrite.shape].node(rewrite, nodeContext);
    return ts.setTextRange(ts.setOriginalNode(rendered, node), node);
  };

  const visited = elided(ts, context, ts.visitEachChild(file, visit, context), plan, options);
  const imports = [...needed].flatMap(([from, names]) => {
    const missing = names.filter((name) => !isKnown(plan, from, name));
    const isMissing = options.runtime !== "named" || missing.length > 0;
    return isMissing
      ? [importStatement(ts, factory, from, missing, plan, options, namespaces.get(from)!)]
      : [];
  });
  if (imports.length === 0) return visited;
  const prologue = prologueLength(ts, file);
  const statements = [...visited.statements];
  statements.splice(prologue, 0, ...imports);
  return factory.updateSourceFile(
    visited,
    ts.setTextRange(factory.createNodeArray(statements), file.statements),
  );
}

/** Without the imports that are no longer needed as values; what is needed as a type, TypeScript elides itself. */
function elided(
  ts: TypeScript,
  { factory }: ts.TransformationContext,
  file: ts.SourceFile,
  plan: FilePlan,
  { elide }: AstOptions,
): ts.SourceFile {
  if (!elide) return file;
  const unused = new Set(
    leftOver(ts, plan)
      .filter(({ asValue }) => !asValue)
      .map(({ binding }) => binding.declaration),
  );
  if (unused.size === 0) return file;
  const statements = file.statements.flatMap((statement) => withoutUnused(ts, factory, statement, unused));
  return factory.updateSourceFile(
    file,
    ts.setTextRange(factory.createNodeArray(statements), file.statements),
  );
}

function withoutUnused(
  ts: TypeScript,
  factory: ts.NodeFactory,
  statement: ts.Statement,
  unused: ReadonlySet<ts.Node>,
): ts.Statement[] {
  if (ts.isImportEqualsDeclaration(statement)) return unused.has(statement) ? [] : [statement];
  if (!ts.isImportDeclaration(statement) || !statement.importClause) return [statement];
  const { importClause: clause } = statement;
  const { namedBindings } = clause;
  const name = unused.has(clause) ? undefined : clause.name;
  // TypeScript takes no types out of an import that a transformer made anew: it must be the old node, or without them.
  const isAffected =
    !!namedBindings &&
    ts.isNamedImports(namedBindings) &&
    namedBindings.elements.some((element) => unused.has(element));
  const bindings =
    isAffected && ts.isNamedImports(namedBindings)
      ? factory.updateNamedImports(
          namedBindings,
          namedBindings.elements.filter((element) => !unused.has(element) && !element.isTypeOnly),
        )
      : namedBindings && !unused.has(namedBindings)
        ? namedBindings
        : undefined;
  const isEmpty = !name && (!bindings || (ts.isNamedImports(bindings) && bindings.elements.length === 0));
  if (isEmpty) return [];
  if (name === clause.name && bindings === namedBindings) return [statement];
  const changed = factory.updateImportClause(clause, undefined, name, bindings);
  return [
    factory.updateImportDeclaration(
      statement,
      statement.modifiers,
      changed,
      statement.moduleSpecifier,
      statement.attributes,
    ),
  ];
}

function namespacesFor(text: string, modules: readonly string[]): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  for (const from of modules) names.set(from, freeName([text, ...names.values()].join(" "), "tsocksify"));
  return names;
}

/** Does the file import that name already? */
function isKnown({ runtime }: FilePlan, from: string, name: string): boolean {
  return [...runtime.values()].includes(runtimeName(from, name));
}

function importStatement(
  ts: TypeScript,
  factory: ts.NodeFactory,
  from: string,
  names: readonly string[],
  plan: FilePlan,
  options: AstOptions,
  namespace: string,
): ts.Statement {
  const specifier = factory.createStringLiteral(from);
  const local = factory.createIdentifier(namespace);
  if (options.runtime === "require") {
    const call = factory.createCallExpression(factory.createIdentifier("require"), undefined, [specifier]);
    const declaration = factory.createVariableDeclaration(local, undefined, undefined, call);
    return factory.createVariableStatement(
      undefined,
      factory.createVariableDeclarationList([declaration], ts.NodeFlags.Const),
    );
  }
  const bindings =
    options.runtime === "import"
      ? factory.createNamespaceImport(local)
      : factory.createNamedImports(namedSpecifiers(factory, from, names, plan));
  const clause = factory.createImportClause(undefined, undefined, bindings);
  return factory.createImportDeclaration(undefined, clause, specifier);
}

/** The specifiers that the text renderer's import has. */
function namedSpecifiers(
  factory: ts.NodeFactory,
  from: string,
  names: readonly string[],
  plan: FilePlan,
): ts.ImportSpecifier[] {
  const { reference } = runtimeImport(plan, "import", '"');
  return names.map((name) => {
    const local = reference({ to: name as RForm, from });
    const imported = local === name ? undefined : factory.createIdentifier(name);
    return factory.createImportSpecifier(false, imported, factory.createIdentifier(local));
  });
}
