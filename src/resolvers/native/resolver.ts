import type { Identity, Question, Resolver, TypeScript } from "../../engine/vocabulary.js";
import type { NativeChecker, NativeSymbol, Node } from "./checker.js";
import { identifySymbols } from "./identify.js";

/** A resolver over the checker of a native compiler: a few batches for all the questions of a program. */
export function nativeResolver(ts: TypeScript, checker: NativeChecker): Resolver {
  return { resolve: (questions) => resolve(ts, checker, questions) };
}

function resolve(ts: TypeScript, checker: NativeChecker, questions: readonly Question[]): Identity[] {
  const symbols = aliasesFollowed(checker, symbolsOf(ts, checker, questions));
  const declared = symbols.filter((symbol) => symbol !== undefined).filter(isDeclared);
  const identities = identifySymbols(ts, checker, declared);
  const isUntyped = untypedReceivers(checker, questions, symbols);
  return questions.map((question, index) => {
    const symbol = symbols[index];
    const identity = symbol && identities.get(symbol);
    return identity ?? { kind: isUntyped.has(question) ? "any" : "unknown" };
  });
}

type Symbols = readonly (NativeSymbol | undefined)[];

/** Each question in the form that finds its symbol. */
function symbolsOf(ts: TypeScript, checker: NativeChecker, questions: readonly Question[]): Symbols {
  const answers = new Map<Question, NativeSymbol | undefined>();
  const ask = (
    of: (question: Question) => boolean,
    by: (questions: readonly Question[]) => Symbols,
  ): void => {
    const asked = questions.filter((question) => answers.get(question) === undefined && of(question));
    if (asked.length === 0) return;
    const symbols = by(asked);
    asked.forEach((question, index) => answers.set(question, symbols[index]));
  };
  const isProperty = ({ receiver, property }: Question): boolean => !!receiver && property !== undefined;
  const isShorthand = ({ name }: Question): boolean => ts.isShorthandPropertyAssignment(name.parent);
  const isExported = ({ name }: Question): boolean => ts.isExportSpecifier(name.parent);
  const isPlain = (question: Question): boolean =>
    !isProperty(question) && !isShorthand(question) && !isExported(question);

  ask(isProperty, (asked) => propertiesOf(checker, asked));
  ask(
    (question) => isShorthand(question) && !isProperty(question),
    (asked) => checker.shorthandValues(asked.map(({ name }) => name.parent)),
  );
  ask(isExported, (asked) => checker.exportSpecifierTargets(asked.map(({ name }) => name)));
  ask(isPlain, (asked) => checker.symbolsAt(asked.map(({ name }) => name)));
  // `sock?.["connect"]`: checkers know the symbol of an identifier, not always that of a string.
  ask(
    (question) => isPlain(question) && !!question.receiver && ts.isStringLiteralLike(question.name),
    (asked) => propertiesOf(checker, asked),
  );
  return questions.map((question) => answers.get(question));
}

function propertiesOf(checker: NativeChecker, questions: readonly Question[]): Symbols {
  const types = checker.typesAt(questions.map(({ receiver }) => receiver!));
  const typed = questions.flatMap((question, index) => {
    const type = types[index];
    return type ? [{ question, type, name: question.property ?? textOf(question.name) }] : [];
  });
  const properties = checker.properties(typed);
  const byQuestion = new Map(typed.map(({ question }, index) => [question, properties[index]]));
  return questions.map((question) => byQuestion.get(question));
}

function textOf(name: Node): string {
  return (name as Node & { readonly text: string }).text;
}

/** What imports stand for. One that nothing resolves: its own declaration is all there is to know. */
function aliasesFollowed(checker: NativeChecker, symbols: Symbols): Symbols {
  const aliases = [
    ...new Set(
      symbols.filter((symbol) => symbol !== undefined && (symbol.flags & checker.flags.alias) !== 0),
    ),
  ] as NativeSymbol[];
  if (aliases.length === 0) return symbols;
  const targets = checker.aliased(aliases);
  const byAlias = new Map(aliases.map((alias, index) => [alias, targets[index]!]));
  return symbols.map((symbol) => {
    const target = symbol && byAlias.get(symbol);
    return target && isDeclared(target) ? target : symbol;
  });
}

function isDeclared({ declarations }: NativeSymbol): boolean {
  return declarations.length > 0;
}

/** The questions about a member of a value whose type is `any` or `unknown`. */
function untypedReceivers(
  checker: NativeChecker,
  questions: readonly Question[],
  symbols: Symbols,
): ReadonlySet<Question> {
  const open = questions.filter(({ receiver }, index) => {
    const symbol = symbols[index];
    return receiver && !(symbol && isDeclared(symbol));
  });
  if (open.length === 0) return new Set();
  const types = checker.typesAt(open.map(({ receiver }): Node => receiver!));
  return new Set(open.filter((_, index) => ((types[index]?.flags ?? 0) & checker.flags.anyOrUnknown) !== 0));
}
