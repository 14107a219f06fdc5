import type ts from "typescript";
import type { Binding } from "./bindings.js";
import { moduleTable } from "./catalogue.js";
import { leftOver } from "./left-over.js";
import type { Edit } from "./shapes/shape.js";
import { siblingsOf, withoutStatement } from "./taken-out.js";
import type { FilePlan, TypeScript } from "./vocabulary.js";

/** Comments that are about the next line, or about the one that they end. */
const directive =
  /@ts-(?:ignore|expect-error)|(?:eslint|biome|prettier|oxlint|tslint|deno-lint|c8|istanbul|v8)[- ]/;

/**
 * Edits that take out the imports and requires which nothing refers to once the rewrites are carried out. What was
 * unused before stays, and so does whatever a directive comment or a JSDoc type speaks of.
 */
export function removeUnused(ts: TypeScript, plan: FilePlan): Edit[] {
  const { file } = plan;
  const before = new Set(
    leftOver(ts, { ...plan, rewrites: [] })
      .filter(({ asValue, asType }) => asValue || asType)
      .map(({ binding }) => binding.local),
  );
  const unused = leftOver(ts, plan)
    .filter(({ asValue, asType, binding }) => !asValue && !asType && before.has(binding.local))
    .map(({ binding }) => binding)
    .filter((binding) => isBuiltin(binding) && !isInJSDoc(file, binding.local.text));
  const declarations = new Set<ts.Node>(unused.map(({ declaration }) => declaration));
  const statements = new Set(unused.flatMap(({ declaration }) => statementOf(ts, declaration) ?? []));
  return [...statements].flatMap((statement) =>
    !hasDirective(ts, file, statement)
      ? edits(ts, file, statement, declarations, withoutStatement(ts, file, statement, statements))
      : [],
  );
}

/** Node's own modules do nothing when they are loaded. */
function isBuiltin({ specifier }: Binding): boolean {
  return moduleTable(specifier.text)?.redirect !== undefined;
}

/** In JavaScript, types stand in comments. */
function isInJSDoc({ fileName, text }: ts.SourceFile, name: string): boolean {
  if (!/\.[cm]?jsx?$/.test(fileName)) return false;
  const comments = text.match(/\/\*\*[^]*?\*\//g) ?? [];
  return comments.some((comment) => new RegExp(String.raw`(?<![\w$])${name}(?![\w$])`).test(comment));
}

/** The statement that declares a binding; undefined where it exports it too. */
function statementOf(ts: TypeScript, declaration: ts.Node): ts.Statement | undefined {
  for (let node = declaration; node && !ts.isSourceFile(node); node = node.parent) {
    if (ts.isImportDeclaration(node) || ts.isImportEqualsDeclaration(node) || ts.isVariableStatement(node))
      return node.modifiers?.length || !siblingsOf(ts, node) ? undefined : node;
    if (ts.isBlock(node)) return undefined;
  }
  return undefined;
}

function hasDirective(ts: TypeScript, { text }: ts.SourceFile, statement: ts.Statement): boolean {
  const comments = [
    ...(ts.getLeadingCommentRanges(text, statement.pos)?.slice(-1) ?? []),
    ...(ts.getTrailingCommentRanges(text, statement.end) ?? []),
  ];
  return comments.some(({ pos, end }) => directive.test(text.slice(pos, end)));
}

function edits(
  ts: TypeScript,
  file: ts.SourceFile,
  statement: ts.Statement,
  unused: ReadonlySet<ts.Node>,
  whole: Edit,
): Edit[] {
  if (ts.isVariableStatement(statement))
    return withoutItems(file, statement.declarationList.declarations, unused, whole);
  const clause = ts.isImportDeclaration(statement) ? statement.importClause : undefined;
  if (!clause) return [whole];
  const { name, namedBindings: bindings } = clause;
  const keepsName = name && !unused.has(clause);
  const keepsBindings = bindings && !isUnused(ts, bindings, unused);
  if (!keepsName && !keepsBindings) return [whole];
  if (name && bindings && !keepsName)
    return [
      { start: name.getStart(file), end: bindings.getStart(file), text: "" },
      ...elementEdits(ts, file, bindings, unused, whole),
    ];
  if (name && bindings && !keepsBindings) return [{ start: name.end, end: bindings.end, text: "" }];
  return bindings ? elementEdits(ts, file, bindings, unused, whole) : [];
}

function elementEdits(
  ts: TypeScript,
  file: ts.SourceFile,
  bindings: ts.NamedImportBindings,
  unused: ReadonlySet<ts.Node>,
  whole: Edit,
): Edit[] {
  return ts.isNamedImports(bindings) ? withoutItems(file, bindings.elements, unused, whole) : [];
}

function isUnused(ts: TypeScript, bindings: ts.NamedImportBindings, unused: ReadonlySet<ts.Node>): boolean {
  return ts.isNamedImports(bindings)
    ? bindings.elements.every((element) => unused.has(element))
    : unused.has(bindings);
}

/** A list without some of its items, each with the comma that parts it from the next kept one; `whole` where none is kept. */
function withoutItems(
  file: ts.SourceFile,
  items: ts.NodeArray<ts.Node>,
  unused: ReadonlySet<ts.Node>,
  whole: Edit,
): Edit[] {
  const kept = items.filter((item) => !unused.has(item));
  if (kept.length === 0) return [whole];
  const last = kept.at(-1)!;
  return items.flatMap((item, index) => {
    if (!unused.has(item)) return [];
    if (item.pos < last.pos)
      return [{ start: item.getStart(file), end: items[index + 1]!.getStart(file), text: "" }];
    return [{ start: items[index - 1]!.end, end: item.end, text: "" }];
  });
}
