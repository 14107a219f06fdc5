import assert from "node:assert/strict";
import ts from "typescript";

/**
 * The names that a module, or a namespace, is declared to have values by.
 *
 * @param declarations the file that declares it
 * @param what the module's specifier in quotation marks, or the namespace's name
 */
export function declaredNames(declarations: string, what: string): string[] {
  const program = ts.createProgram([declarations], {
    types: [],
    lib: ["lib.esnext.d.ts"],
    skipLibCheck: true,
    module: ts.ModuleKind.NodeNext,
  });
  const checker = program.getTypeChecker();
  const symbol = what.startsWith('"')
    ? checker.getAmbientModules().find(({ name }) => name === what)
    : checker
        .getSymbolsInScope(program.getSourceFile(declarations)!, ts.SymbolFlags.Namespace)
        .find(named(what));
  assert.ok(symbol, `${what} is declared in ${declarations}`);
  const values = checker.getExportsOfModule(symbol).filter((each) => isValue(checker, each));
  return values.map(({ name }) => name).filter((name) => name !== "default");
}

function named(what: string): (symbol: ts.Symbol) => boolean {
  return ({ name }) => name === what;
}

function isValue(checker: ts.TypeChecker, symbol: ts.Symbol): boolean {
  const target = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
  return (target.flags & ts.SymbolFlags.Value) !== 0;
}
