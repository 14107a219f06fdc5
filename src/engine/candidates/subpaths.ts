import type ts from "typescript";
import type { Scope } from "./scope.js";

/** `#net`: what it stands for, the package.json says. */
export function isSubpath({ text }: ts.StringLiteralLike): boolean {
  return text.startsWith("#");
}

/**
 * `import net from "#net"`, `require("#net")`, `export * from "#net"`
 *
 * @param names the exports that are taken; undefined: any
 */
export function visitSubpath(
  scope: Scope,
  specifier: ts.StringLiteralLike,
  names: readonly string[] | undefined,
): void {
  scope.add({ role: "subpath", specifier, names });
}

/** The exports that an import takes by their names. */
export function importedNames(
  { ts }: Scope,
  { importClause: clause }: ts.ImportDeclaration,
): string[] | undefined {
  if (!clause) return [];
  const named = clause.namedBindings;
  if (clause.name || !named || !ts.isNamedImports(named)) return undefined;
  return named.elements
    .filter(({ isTypeOnly }) => !isTypeOnly)
    .map(({ name, propertyName = name }) => propertyName.text);
}
