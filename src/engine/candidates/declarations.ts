import type ts from "typescript";
import { moduleTable } from "../catalogue.js";
import { isLoaded } from "../elision.js";
import type { TypeScript } from "../vocabulary.js";
import { isTextItself } from "../unknown-specifier.js";
import { importedNames, isSubpath, visitSubpath } from "./subpaths.js";
import type { Scope } from "./scope.js";

/** What is reported as a whole is where it is imported. */
export function visitImport(scope: Scope, node: ts.ImportDeclaration): void {
  const { ts } = scope;
  const { moduleSpecifier: specifier } = node;
  if (!ts.isStringLiteralLike(specifier)) return;
  if (isTextItself(specifier.text)) scope.add({ role: "evaluated", node: specifier });
  else if (isSubpath(specifier) && isLoaded(ts, node))
    visitSubpath(scope, specifier, importedNames(scope, node));
  else if (moduleTable(specifier.text)?.whole && isLoaded(ts, node))
    scope.add({ role: "module", specifier, node });
}

/** `export { connect } from "net"`, `export * from "net"` */
export function visitExport(scope: Scope, node: ts.ExportDeclaration): void {
  const { ts } = scope;
  const { moduleSpecifier: specifier, exportClause } = node;
  if (!isLoaded(ts, node) || !specifier || !ts.isStringLiteralLike(specifier)) return;
  if (isTextItself(specifier.text)) return scope.add({ role: "evaluated", node: specifier });
  if (!isSubpath(specifier) && !moduleTable(specifier.text)) return;
  const names =
    exportClause && ts.isNamedExports(exportClause)
      ? exportClause.elements
          .filter((element) => !element.isTypeOnly)
          .map((element) => (element.propertyName ?? element.name).text)
      : undefined;
  if (isSubpath(specifier)) visitSubpath(scope, specifier, names);
  else scope.add({ role: "module", specifier, node, names });
}

/** `export import net = require("net")`, `import dial = net.connect` */
export function visitImportEquals(scope: Scope, node: ts.ImportEqualsDeclaration): void {
  const { ts } = scope;
  if (node.isTypeOnly) return;
  const reference = node.moduleReference;
  if (ts.isExternalModuleReference(reference)) {
    const specifier = reference.expression;
    if (ts.isStringLiteralLike(specifier) && isSubpath(specifier))
      return visitSubpath(scope, specifier, undefined);
    const exported = node.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword);
    const table = ts.isStringLiteralLike(specifier) ? moduleTable(specifier.text) : undefined;
    if (ts.isStringLiteralLike(specifier) && (exported ? table : table?.whole))
      scope.add({ role: "module", specifier, node });
    return;
  }
  const name = ts.isIdentifier(reference) ? reference : leftmost(ts, reference);
  if (scope.bindings.listed.has(name.text)) scope.add({ role: "alias", name, node });
}

function leftmost(ts: TypeScript, name: ts.QualifiedName): ts.Identifier {
  return ts.isIdentifier(name.left) ? name.left : leftmost(ts, name.left);
}
