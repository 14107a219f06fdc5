import type { Identity, TypeScript } from "../../engine/vocabulary.js";
import { asMapped, isOtherFunction, isPrimitive, mayBeMapped, methodOf } from "../mapped.js";
import type { NativeChecker, NativeSymbol, NativeType } from "./checker.js";

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
  const others = otherFunctions(checker, members);
  const answers = members.map((member): [NativeSymbol, Identity] => {
    const { symbol, identity, objects } = member;
    const as = asMapped(
      identity,
      objects.map((part) => !isNoFunction.has(part)),
      symbol.declarations.some(({ kind }) => functions.includes(kind)),
    );
    return [symbol, others.has(member) ? { kind: "unknown" } : as];
  });
  return new Map([...identities, ...answers]);
}

interface MappedMember {
  readonly identity: Identity;
  readonly objects: readonly NativeType[];
}

/** Those that are other functions, by their types, than the methods that they are declared by. */
function otherFunctions(checker: NativeChecker, members: readonly MappedMember[]): ReadonlySet<MappedMember> {
  const methods = members.flatMap((member) => {
    const method = methodOf(member.identity);
    const instance = method && checker.instance(method.module, method.owner);
    const isTold = member.objects.length > 0 && instance !== undefined;
    return isTold ? [{ member, type: instance, name: method!.method }] : [];
  });
  if (methods.length === 0) return new Set();
  const symbols = checker.properties(methods);
  const found = methods.flatMap(({ member }, index) =>
    symbols[index] ? [{ member, own: symbols[index] }] : [],
  );
  const owns = checker.typesOf(found.map(({ own }) => own));
  const types = found.flatMap(({ member }, index) => [owns[index]!, ...member.objects]);
  const results = checker.results(types);
  let next = 0;
  const compared = found.map(({ member }) => {
    const own = results[next++]!;
    const all = member.objects.flatMap(() => results[next++]!);
    return { member, own, all };
  });
  const pairs = compared.flatMap(({ own, all }) =>
    all.flatMap((result) =>
      own.flatMap((each) => [
        { source: result, target: each },
        { source: each, target: result },
      ]),
    ),
  );
  const are = pairs.length > 0 ? checker.assignable(pairs) : [];
  const isAssignable = (source: NativeType, target: NativeType): boolean =>
    are[pairs.findIndex((pair) => pair.source === source && pair.target === target)]!;
  return new Set(
    compared
      .filter(({ own, all }) => isOtherFunction(checker.valueFlags, all, own, isAssignable))
      .map(({ member }) => member),
  );
}
