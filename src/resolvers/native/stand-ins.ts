import { ownersOf } from "../../engine/catalogue.js";
import type { Question, TypeScript } from "../../engine/vocabulary.js";
import type { NativeChecker, NativeSymbol, NativeType } from "./checker.js";

/** A question about a member that somebody declares, and the type of what it is a member of. */
export interface DeclaredMember {
  readonly question: Question;
  readonly symbol: NativeSymbol;
  readonly name: string;
}

/** Those that are members of an interface or a type, which anything can have that fits, and a socket or server does. */
export function standIns(
  ts: TypeScript,
  checker: NativeChecker,
  members: readonly DeclaredMember[],
  typesOf: (questions: readonly Question[]) => readonly (NativeType | undefined)[],
): ReadonlySet<Question> {
  const { MethodSignature, PropertySignature } = ts.SyntaxKind;
  const isSignature = (kind: number): boolean => kind === MethodSignature || kind === PropertySignature;
  const near = members.filter(
    ({ symbol, name }) =>
      ownersOf(name).length > 0 && symbol.declarations.every(({ kind }) => isSignature(kind)),
  );
  if (near.length === 0) return new Set();
  const types = typesOf(near.map(({ question }) => question));
  const pairs = near.flatMap(({ question, name }, index) =>
    ownersOf(name).flatMap((owner) => {
      const source = checker.instance(...owner);
      const target = types[index];
      return source && target ? [{ question, source, target }] : [];
    }),
  );
  const are = checker.assignable(pairs);
  return new Set(pairs.filter((_, index) => are[index]).map(({ question }) => question));
}
