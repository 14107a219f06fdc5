import type { Identity, TypeScript } from "../../engine/vocabulary.js";
import { asMapped, isPrimitive, mayBeMapped } from "../mapped.js";
import type { NativeChecker, NativeSymbol } from "./checker.js";

/** What symbols stand for, those that mapped types have made by their own types as well. */
export function mappedAs(
  { SyntaxKind }: TypeScript,
  checker: NativeChecker,
  identities: ReadonlyMap<NativeSymbol, Identity>,
): ReadonlyMap<NativeSymbol, Identity> {
  const { flags, valueFlags } = checker;
  const mapped = [...identities].filter(
    ([symbol, identity]) => (symbol.flags & flags.transient) !== 0 && mayBeMapped(identity),
  );
  if (mapped.length === 0) return identities;
  const types = checker.typesOf(mapped.map(([symbol]) => symbol));
  const typed = mapped.flatMap(([symbol, identity], index) => {
    const type = types[index];
    return type ? [{ symbol, identity, type }] : [];
  });
  const parts = checker.parts(typed.map(({ type }) => type));
  const members = typed.map((member, index) => {
    const of = parts[index]!.length > 0 ? parts[index]! : [member.type];
    return { ...member, objects: of.filter((part) => !isPrimitive(valueFlags, part)) };
  });
  const told = members.flatMap(({ objects }) =>
    objects.filter((part) => (part.flags & valueFlags.Object) !== 0),
  );
  const callable = told.length > 0 ? checker.callable(told) : [];
  const isNoFunction = new Set(told.filter((_, index) => !callable[index]));
  const functions = [
    SyntaxKind.FunctionDeclaration,
    SyntaxKind.MethodDeclaration,
    SyntaxKind.MethodSignature,
    SyntaxKind.ClassDeclaration,
  ];
  const answers = members.map(({ symbol, identity, objects }): [NativeSymbol, Identity] => [
    symbol,
    asMapped(
      identity,
      objects.map((part) => !isNoFunction.has(part)),
      symbol.declarations.some(({ kind }) => functions.includes(kind)),
    ),
  ]);
  return new Map([...identities, ...answers]);
}
