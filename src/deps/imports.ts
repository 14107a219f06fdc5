import type ts from "typescript";
import { loadOf, type TypeScript } from "../engine/index.js";

/** How a module is asked for: Node has two ways from a specifier to a file. */
export type Mode = "import" | "require";

/** A module that a file loads under a constant name. */
export interface Import {
  readonly specifier: string;
  /** Undefined for a static import, which is what the file's own format makes of it. */
  readonly mode: Mode | undefined;
  /** Of the specifier. Lines and columns count from 1. */
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

/** The modules that a file loads, in the order of its text. What is imported for its types alone is not loaded. */
export function importsOf(ts: TypeScript, file: ts.SourceFile): Import[] {
  const found: Import[] = [];

  const add = (specifier: ts.Expression | undefined, mode?: Mode): void => {
    if (!specifier || !ts.isStringLiteralLike(specifier)) return;
    const start = file.getLineAndCharacterOfPosition(specifier.getStart(file));
    const end = file.getLineAndCharacterOfPosition(specifier.end);
    found.push({
      specifier: specifier.text,
      mode,
      line: start.line + 1,
      column: start.character + 1,
      endLine: end.line + 1,
      endColumn: end.character + 1,
    });
  };

  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node) && !isForTypes(ts, node.importClause)) add(node.moduleSpecifier);
    else if (ts.isExportDeclaration(node) && !node.isTypeOnly) add(node.moduleSpecifier);
    else if (ts.isImportEqualsDeclaration(node) && !node.isTypeOnly) {
      if (ts.isExternalModuleReference(node.moduleReference)) add(node.moduleReference.expression, "require");
    } else if (ts.isCallExpression(node)) {
      const isImport = node.expression.kind === ts.SyntaxKind.ImportKeyword;
      add(loadOf(ts, node)?.specifier, isImport ? "import" : "require");
    }
    ts.forEachChild(node, visit);
  };

  ts.forEachChild(file, visit);
  return found;
}

/** `import type …`, `import { type A, type B } …` */
function isForTypes(ts: TypeScript, clause: ts.ImportClause | undefined): boolean {
  if (!clause) return false;
  const named = clause.namedBindings;
  if (clause.isTypeOnly) return true;
  return (
    !clause.name &&
    !!named &&
    ts.isNamedImports(named) &&
    named.elements.length > 0 &&
    named.elements.every(({ isTypeOnly }) => isTypeOnly)
  );
}
