import type ts from "typescript";
import { requireSpecifier } from "../loading.js";
import { unwrapped } from "../syntax.js";
import type { TypeScript } from "../vocabulary.js";
import type { BerkeleyModules } from "./modules.js";

/** A name that a file gives to an export of a Berkeley module; `""` is the module itself. */
export interface Import {
  readonly name: ts.Identifier;
  readonly exported: string;
  /** What a checker calls the name's declaration, where it goes no further. */
  readonly declaration: ts.Node;
}

/** The names that a file's imports and requires give to Berkeley modules and their exports. */
export function berkeleyImports(ts: TypeScript, file: ts.SourceFile, modules: BerkeleyModules): Import[] {
  const imports: Import[] = [];
  const isModule = (node: ts.Node | undefined): boolean =>
    !!node && ts.isStringLiteralLike(node) && modules.isSpecifier(node.text, file.fileName);

  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) {
      if (isModule(node.moduleSpecifier) && !node.importClause?.isTypeOnly) visitClause(node.importClause);
    } else if (ts.isImportEqualsDeclaration(node)) {
      const { moduleReference } = node;
      if (ts.isExternalModuleReference(moduleReference) && isModule(moduleReference.expression))
        imports.push({ name: node.name, exported: "", declaration: node });
    } else if (ts.isVariableDeclaration(node) && node.initializer && isModule(loaded(ts, node.initializer)))
      visitVariable(node);
    ts.forEachChild(node, visit);
  };

  const visitClause = (clause: ts.ImportClause | undefined): void => {
    if (clause?.name) imports.push({ name: clause.name, exported: "", declaration: clause });
    const bindings = clause?.namedBindings;
    if (!bindings) return;
    if (ts.isNamespaceImport(bindings))
      return void imports.push({ name: bindings.name, exported: "", declaration: bindings });
    for (const element of bindings.elements) {
      const exported = (element.propertyName ?? element.name).text;
      if (!element.isTypeOnly)
        imports.push({
          name: element.name,
          exported: exported === "default" ? "" : exported,
          declaration: element,
        });
    }
  };

  const visitVariable = (node: ts.VariableDeclaration): void => {
    if (ts.isIdentifier(node.name)) imports.push({ name: node.name, exported: "", declaration: node });
    else if (ts.isObjectBindingPattern(node.name))
      for (const element of node.name.elements) {
        const { name, propertyName = name } = element;
        if (ts.isIdentifier(name) && ts.isIdentifier(propertyName))
          imports.push({ name, exported: propertyName.text, declaration: element });
      }
  };

  visit(file);
  return imports;
}

/** The specifier of `require("x")` and `await import("x")`. */
function loaded(ts: TypeScript, initializer: ts.Expression): ts.Expression | undefined {
  const node = unwrapped(ts, initializer);
  if (!ts.isAwaitExpression(node)) return requireSpecifier(ts, node);
  const call = unwrapped(ts, node.expression);
  const isImport = ts.isCallExpression(call) && call.expression.kind === ts.SyntaxKind.ImportKeyword;
  return isImport ? call.arguments[0] : undefined;
}
