import type { Identity, Question, Resolver, TypeScript } from "../../engine/vocabulary.js";
import { subpathTargets } from "../subpaths.js";
import { textsOfTypes } from "../texts.js";
import type { NativeChecker, NativeSymbol, NativeType, Node } from "./checker.js";
import { identifySymbols } from "./identify.js";
import { mappedAs } from "./mapped.js";
import { askedOnce } from "./once.js";
import { standIns } from "./stand-ins.js";

/** A resolver over the checker of a native compiler: a few batches for all the questions of a program. */
export function nativeResolver(ts: TypeScript, everyTime: NativeChecker): Resolver {
  const checker = askedOnce(everyTime);
  return {
    subpath: subpathTargets,
    resolve: (questions) => resolve(ts, checker, questions),
    textsOf: (keys) => textsOf(checker, keys),
  };
}

function resolve(ts: TypeScript, checker: NativeChecker, questions: readonly Question[]): Identity[] {
  const symbols = aliasesFollowed(checker, symbolsOf(ts, checker, questions));
  const declared = symbols.filter((symbol) => symbol !== undefined).filter(isDeclared);
  const identities = mappedAs(ts, checker, identifySymbols(ts, checker, declared));
  const open = questions.filter(({ receiver }, index) => {
    const symbol = symbols[index];
    return receiver && !(symbol && isDeclared(symbol));
  });
  const detected = new Set(questions.filter((_, index) => symbols[index] !== undefined));
  const undeclared =
    open.length > 0 ? identifyUndeclared(ts, checker, open, detected) : new Map<Question, Identity>();
  const members = questions.flatMap((question, index) => {
    const symbol = symbols[index];
    const kind = symbol && (isDeclared(symbol) ? identities.get(symbol)?.kind : "user");
    return question.receiver && kind === "user"
      ? [{ question, symbol: symbol!, name: question.property ?? textOf(question.name) }]
      : [];
  });
  const fitting = standIns(ts, checker, members, (asked) => receiverTypes(checker, asked));
  return questions.map((question, index) => {
    const symbol = symbols[index];
    const identity = (symbol && identities.get(symbol)) ?? undeclared.get(question) ?? { kind: "unknown" };
    if (!fitting.has(question)) return identity;
    return identity.kind === "user" ? { ...identity, isStandIn: true } : { kind: "any" };
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
  const types = receiverTypes(checker, questions);
  const typed = questions.flatMap((question, index) => {
    const type = types[index];
    return type ? [{ question, type, name: question.property ?? textOf(question.name) }] : [];
  });
  const present = checker.present(typed.map(({ type }) => type));
  const properties = checker.properties(typed.map(({ name }, index) => ({ type: present[index]!, name })));
  const byQuestion = new Map(typed.map(({ question }, index) => [question, properties[index]]));
  return questions.map((question) => byQuestion.get(question));
}

function receiverTypes(
  checker: NativeChecker,
  questions: readonly Question[],
): readonly (NativeType | undefined)[] {
  const expected = questions.filter(({ isExpected }) => isExpected);
  if (expected.length === 0) return checker.typesAt(questions.map(({ receiver }): Node => receiver!));
  const own = questions.filter(({ isExpected }) => !isExpected);
  const types = [
    ...checker.expectedAt(expected.map(({ receiver }): Node => receiver!)),
    ...(own.length > 0 ? checker.typesAt(own.map(({ receiver }): Node => receiver!)) : []),
  ];
  const byQuestion = new Map([...expected, ...own].map((question, index) => [question, types[index]]));
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

/** An index signature declares no member of a name. */
function isDeclared({ declarations, escapedName }: NativeSymbol): boolean {
  return declarations.length > 0 && escapedName !== "__index";
}

/**
 * What members are that no declaration says: of a value without a type, or of only part of a union.
 *
 * @param detected the questions about a member that is there, by a test of the program: `"connect" in thing`
 */
function identifyUndeclared(
  ts: TypeScript,
  checker: NativeChecker,
  questions: readonly Question[],
  detected: ReadonlySet<Question>,
): ReadonlyMap<Question, Identity> {
  const answers = new Map<Question, Identity>();
  const own = receiverTypes(checker, questions);
  const known = own.filter((type) => type !== undefined);
  const present = new Map(checker.present(known).map((type, index) => [known[index]!, type]));
  const types = own.map((type) => type && present.get(type));
  const typed: { readonly question: Question; readonly type: NativeType }[] = [];
  questions.forEach((question, index) => {
    const type = types[index];
    const isDetected = detected.has(question) && !!type && (type.flags & checker.flags.intersection) !== 0;
    if (isAny(checker, own[index]) || isDetected) answers.set(question, { kind: "any" });
    else if (type) typed.push({ question, type });
  });
  if (typed.length === 0) return answers;
  const parts = checker.parts(typed.map(({ type }) => type));
  const wanted = typed.flatMap(({ question }, index) =>
    parts[index]!.map((type) => ({ question, type, name: question.property ?? textOf(question.name) })),
  );
  const found = wanted.length > 0 ? checker.properties(wanted) : [];
  const declared = found.filter((symbol) => symbol !== undefined).filter(isDeclared);
  const identities =
    declared.length > 0 ? identifySymbols(ts, checker, declared) : new Map<NativeSymbol, Identity>();
  wanted.forEach(({ question }, index) => {
    const identity = found[index] && identities.get(found[index]);
    const before = answers.get(question);
    if (!identity) return;
    const of = before?.kind === "mixed" ? before.of : [{ kind: "unknown" } as const];
    answers.set(question, { kind: "mixed", of: [identity, ...of] });
  });
  const left = typed.filter(({ question }) => !answers.has(question));
  const indexed = left.length > 0 ? checker.indexed(left.map(({ type }) => type)) : [];
  left.forEach(({ question }, index) => {
    if (isAny(checker, indexed[index])) answers.set(question, { kind: "any", isOpen: true });
  });
  return answers;
}

function isAny({ flags: { anyOrUnknown } }: NativeChecker, type: NativeType | undefined): boolean {
  return ((type?.flags ?? 0) & anyOrUnknown) !== 0;
}

function textsOf(checker: NativeChecker, keys: readonly Node[]): readonly (readonly string[] | undefined)[] {
  if (keys.length === 0) return [];
  const types = checker.typesAt(keys);
  const plain = types.map((type) => type && textsOfTypes(checker.keyFlags, [type]));
  const open = types.filter(
    (type, index) => type !== undefined && plain[index] === undefined,
  ) as NativeType[];
  const parts = open.length > 0 ? checker.parts(open) : [];
  const byType = new Map(open.map((type, index) => [type, parts[index]!]));
  return types.map((type, index) => {
    const some = type && byType.get(type);
    return some && some.length > 0 ? textsOfTypes(checker.keyFlags, some) : plain[index];
  });
}
