import { bareSpecifier } from "../../engine/catalogue.js";
import type { Identity, TypeScript } from "../../engine/vocabulary.js";
import { distinct, identify } from "../identify.js";
import type { NativeChecker, NativeDeclaration, NativeSymbol } from "./checker.js";

/** The names that lead to a symbol, outermost first, and the outermost symbol itself. */
interface Chain {
  readonly path: readonly string[];
  readonly top: NativeSymbol;
  /** It is declared in `declare global {}`. */
  readonly isGlobal?: boolean;
}

/**
 * Names what symbols stand for. A declaration in a declaration file is told by the names of the symbols around it:
 * fetching the syntax tree of lib.dom.d.ts to look at one of its nodes would take longer than everything else.
 */
export function identifySymbols(
  ts: TypeScript,
  checker: NativeChecker,
  symbols: readonly NativeSymbol[],
): ReadonlyMap<NativeSymbol, Identity> {
  const chains = new Map([...new Set(symbols)].map((symbol) => [symbol, chainOf(checker, symbol)]));
  const tops = [...chains.values()].filter((chain) => chain !== undefined).map(({ top }) => top);
  const names = [
    ...new Set(tops.filter(({ escapedName }) => !isModuleName(escapedName)).map(({ name }) => name)),
  ];
  const found = checker.globals(names);
  const globals = new Map(names.map((name, index) => [name, found[index]]));

  const identityOf = (declaration: NativeDeclaration, chain: Chain | undefined): Identity | undefined => {
    if (chain && /\.d\.[cm]?ts$/i.test(declaration.path)) {
      const named = identifyChain(chain, globals.get(chain.top.name), declaration);
      if (named) return named;
    }
    const node = declaration.resolve();
    return node && identify(ts, node as Parameters<typeof identify>[1]);
  };

  return new Map(
    [...chains].map(([symbol, chain]) => {
      const identities = distinct(
        symbol.declarations
          .map((declaration) => identityOf(declaration, chain))
          .filter((identity) => identity !== undefined),
      );
      return [symbol, identities.length === 1 ? identities[0]! : { kind: "mixed", of: identities }];
    }),
  );
}

function identifyChain(
  { path, top, isGlobal }: Chain,
  global: NativeSymbol | undefined,
  declaration: NativeDeclaration,
): Identity | undefined {
  if (isModuleName(top.escapedName)) {
    const name = top.escapedName.slice(1, -1);
    // The symbol of a file that is a module is named by the file's path.
    return /^(?:[A-Za-z]:)?[\\/]|^\^\//.test(name)
      ? {
          kind: "user",
          declaration: { fileName: declaration.path, start: declaration.index },
          label: path.join("."),
        }
      : { kind: "export", module: bareSpecifier(name), path };
  }
  return isGlobal || global?.id === top.id ? { kind: "global", path: [top.name, ...path] } : undefined;
}

/** Undefined where a symbol is put together by the checker, or has something around it that has no name. */
function chainOf({ flags }: NativeChecker, symbol: NativeSymbol): Chain | undefined {
  const path: string[] = [];
  let top = symbol;
  for (;;) {
    if (top.checkFlags & flags.synthetic || /^__(?!_)/.test(top.escapedName)) return undefined;
    const parent = top.getParent();
    if (!parent || parent.escapedName === "__global") return { path, top, isGlobal: parent !== undefined };
    path.unshift(top.name);
    top = parent;
  }
}

function isModuleName(escapedName: string): boolean {
  return escapedName.startsWith('"');
}
