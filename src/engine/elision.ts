import type ts from "typescript";
import type { TypeScript } from "./vocabulary.js";

/**
 * Does the program load what this declaration names? Not where it is only about types: because it says so, or, in
 * TypeScript, because the file uses none of its names as a value.
 */
export function isLoaded(ts: TypeScript, node: ts.ImportDeclaration | ts.ExportDeclaration): boolean {
  if (ts.isExportDeclaration(node)) {
    const { isTypeOnly, exportClause } = node;
    if (isTypeOnly) return false;
    return !exportClause || !ts.isNamedExports(exportClause) || !isOnlyTypes(exportClause.elements);
  }
  const { importClause: clause } = node;
  if (!clause) return true;
  if (clause.isTypeOnly) return false;
  const { name, namedBindings } = clause;
  const named = namedBindings && ts.isNamedImports(namedBindings) ? namedBindings.elements : undefined;
  if (!name && named && isOnlyTypes(named)) return false;
  const file = node.getSourceFile();
  if (/\.[cm]?jsx?$/.test(file.fileName)) return true;
  const namespace = namedBindings && ts.isNamespaceImport(namedBindings) ? [namedBindings.name] : [];
  const values = named?.filter(({ isTypeOnly }) => !isTypeOnly).map((element) => element.name) ?? namespace;
  return [...(name ? [name] : []), ...values].some(({ text }) => isUsed(ts, file, text));
}

/** `import {} from "x"` loads it nevertheless. */
function isOnlyTypes(elements: readonly { readonly isTypeOnly: boolean }[]): boolean {
  return elements.length > 0 && elements.every(({ isTypeOnly }) => isTypeOnly);
}

/** Goes by the name alone, so that one that is shadowed somewhere counts. */
function isUsed(ts: TypeScript, file: ts.SourceFile, name: string): boolean {
  const visit = (node: ts.Node): boolean => {
    if (ts.isImportDeclaration(node)) return false;
    if (ts.isTypeNode(node) && !ts.isExpressionWithTypeArguments(node)) return false;
    if (ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node)) return false;
    if (ts.isIdentifier(node)) return node.text === name;
    return ts.forEachChild(node, (child) => visit(child) || undefined) ?? false;
  };
  return visit(file);
}
