import type ts from "typescript";
import { collectBindings, type Binding } from "./bindings.js";
import { isDeclarationName } from "./syntax.js";
import type { FilePlan, TypeScript } from "./vocabulary.js";

/** What still refers to an imported name once the rewrites are carried out. */
export interface LeftOver {
  readonly binding: Binding;
  readonly asValue: boolean;
  readonly asType: boolean;
}

/**
 * For each name that an import or require binds to a listed module: is it still needed after the rewrites?
 * Goes by names alone, so that a name that is shadowed somewhere counts as needed.
 */
export function leftOver(ts: TypeScript, plan: FilePlan): LeftOver[] {
  const { file, rewrites } = plan;
  const { listed } = collectBindings(ts, file);
  const bindings = [...listed.values()].flat();
  const locals = new Set<ts.Node>(bindings.map(({ local }) => local));
  const replaced = new Set<ts.Node>(
    rewrites.filter(({ shape }) => shape === "reference" || shape === "shorthand").map(({ node }) => node),
  );
  const values = new Set<string>();
  const types = new Set<string>();

  const visit = (node: ts.Node, isType: boolean): void => {
    if (replaced.has(node)) return;
    const inType = isType || isTypePosition(ts, node);
    if (ts.isIdentifier(node) && listed.has(node.text) && !locals.has(node) && !isName(ts, node))
      (inType ? types : values).add(node.text);
    ts.forEachChild(node, (child) => visit(child, inType));
  };
  visit(file, false);
  return bindings.map((binding) => {
    const { text } = binding.local;
    return { binding, asValue: values.has(text), asType: types.has(text) };
  });
}

function isTypePosition(ts: TypeScript, node: ts.Node): boolean {
  if (ts.isHeritageClause(node))
    return node.token === ts.SyntaxKind.ImplementsKeyword || ts.isInterfaceDeclaration(node.parent);
  return ts.isTypeNode(node) && !ts.isExpressionWithTypeArguments(node);
}

/** Names that refer to nothing: of members and declarations. */
function isName(ts: TypeScript, node: ts.Identifier): boolean {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent)) return parent.name === node;
  if (ts.isQualifiedName(parent)) return parent.right === node;
  if (ts.isShorthandPropertyAssignment(parent)) return false;
  if (ts.isExportSpecifier(parent)) return (parent.propertyName ?? parent.name) !== node;
  return isDeclarationName(ts, node);
}
