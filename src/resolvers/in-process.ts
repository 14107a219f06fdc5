import type ts from "typescript";
import { ownersOf } from "../engine/catalogue.js";
import { walking } from "../engine/nesting.js";
import type { Identity, Question, Resolver, TypeScript } from "../engine/vocabulary.js";
import { distinct, identify } from "./identify.js";
import { asMapped, isOtherFunction, isPrimitive, mayBeMapped, methodOf } from "./mapped.js";
import { subpathTargets } from "./subpaths.js";
import { textsOfTypes } from "./texts.js";

/** A resolver over the checker of a program in this process: TypeScript 5.0 to 6.x. */
export function inProcessResolver(ts: TypeScript, checker: ts.TypeChecker): Resolver {
  return {
    subpath: subpathTargets,
    resolve: (questions) =>
      questions.map((question) => walking(question.file, () => resolve(ts, checker, question))),
    textsOf: (keys) =>
      keys.map((key) =>
        walking(key.getSourceFile(), () => {
          const type = checker.getTypeAtLocation(key);
          return textsOfTypes(ts.TypeFlags, partsOf(checker, type) ?? [type]);
        }),
      ),
  };
}

function resolve(ts: TypeScript, checker: ts.TypeChecker, question: Question): Identity {
  const symbol = symbolOf(ts, checker, question);
  const declarations = (symbol?.declarations ?? []).filter((each) => !ts.isIndexSignatureDeclaration(each));
  const type = receiverType(checker, question);
  if (declarations.length > 0) {
    const identity = memberAs(ts, checker, symbol!, declarations);
    const isStandIn =
      identity.kind === "user" && type && declarations.every((each) => isSignature(ts, each))
        ? isAskedFor(checker, memberOf(ts, question), type)
        : false;
    return isStandIn ? { ...(identity as Identity & { kind: "user" }), isStandIn } : identity;
  }
  if (!type) return { kind: "unknown" };
  if (isAny(ts, type)) return { kind: "any" };
  const key = memberOf(ts, question);
  const some = (partsOf(checker, type) ?? []).flatMap(
    (part) => checker.getPropertyOfType(part, key)?.declarations ?? [],
  );
  if (some.length > 0) return { kind: "mixed", of: [identityOf(ts, some), { kind: "unknown" }] };
  // `"connect" in thing`: nothing else is known of it. `Record<"connect", () => void>`: what fits may be a socket.
  const present = checker.getNonNullableType(type);
  if (symbol !== undefined && (present.isIntersection() || isAskedFor(checker, key, present)))
    return { kind: "any" };
  return isOpen(ts, present) ? { kind: "any", isOpen: true } : { kind: "unknown" };
}

/** What the declarations say, unless a mapped type says otherwise. */
function memberAs(
  ts: TypeScript,
  checker: ts.TypeChecker,
  symbol: ts.Symbol,
  declarations: readonly ts.Declaration[],
): Identity {
  const identity = identityOf(ts, declarations);
  if (!(symbol.flags & ts.SymbolFlags.Transient) || !mayBeMapped(identity)) return identity;
  const type = checker.getTypeOfSymbol(symbol);
  const objects = (partsOf(checker, type) ?? [type]).filter((part) => !isPrimitive(ts.TypeFlags, part));
  if (isOther(ts, checker, identity, objects)) return { kind: "unknown" };
  return asMapped(
    identity,
    objects.map((part) => isCallable(ts, part)),
    declarations.some((each) => ts.isFunctionLike(each) || ts.isClassLike(each)),
  );
}

/** Do the types say that it is another function than the method that it is declared by? */
function isOther(
  { TypeFlags }: TypeScript,
  checker: ts.TypeChecker,
  identity: Identity,
  types: readonly ts.Type[],
): boolean {
  const method = methodOf(identity);
  const instance = method && instanceOf(checker, method.module, method.owner);
  const own = instance?.getProperty(method!.method);
  if (!own || types.some((type) => type.getConstructSignatures().length > 0)) return false;
  const results = (of: readonly ts.Type[]): ts.Type[] =>
    of.flatMap((type) => type.getCallSignatures().map((signature) => signature.getReturnType()));
  return isOtherFunction(
    TypeFlags,
    results(types),
    results([checker.getTypeOfSymbol(own)]),
    (source, target) => checker.isTypeAssignableTo(source, checker.getBaseConstraintOfType(target) ?? target),
  );
}

/** Types that can't be told to be an object that can't be called are taken for such as can. */
function isCallable({ TypeFlags }: TypeScript, type: ts.Type): boolean {
  const isTold = (type.flags & TypeFlags.Object) !== 0;
  return !isTold || type.getCallSignatures().length > 0 || type.getConstructSignatures().length > 0;
}

function memberOf(ts: TypeScript, { name, property }: Question): string {
  return property ?? (ts.isIdentifier(name) || ts.isStringLiteralLike(name) ? name.text : "");
}

/** A member of an interface or a type, which anything can have that fits. */
function isSignature(ts: TypeScript, node: ts.Declaration): boolean {
  return ts.isMethodSignature(node) || ts.isPropertySignature(node);
}

/** Can an instance of a class that has the method be given where a value of the type is asked for? */
function isAskedFor(checker: ts.TypeChecker, method: string, type: ts.Type): boolean {
  const asked = checker.getBaseConstraintOfType(type) ?? type;
  return ownersOf(method).some(([module, name]) => {
    const instance = instanceOf(checker, module, name);
    return instance !== undefined && checker.isTypeAssignableTo(instance, asked);
  });
}

const instances = new WeakMap<ts.TypeChecker, Map<string, ts.Type | undefined>>();

/** The type of instances of a class that an ambient module exports. */
function instanceOf(checker: ts.TypeChecker, module: string, name: string): ts.Type | undefined {
  const known = instances.get(checker) ?? new Map<string, ts.Type | undefined>();
  instances.set(checker, known);
  const key = `${module}.${name}`;
  if (!known.has(key)) {
    const ambient = checker.getAmbientModules().find((each) => each.name === `"${module}"`);
    const symbol = ambient && checker.getExportsOfModule(ambient).find((each) => each.name === name);
    known.set(key, symbol && checker.getDeclaredTypeOfSymbol(symbol));
  }
  return known.get(key);
}

function identityOf(ts: TypeScript, declarations: readonly ts.Declaration[]): Identity {
  const identities = distinct(declarations.map((declaration) => identify(ts, declaration)));
  return identities.length === 1 ? identities[0]! : { kind: "mixed", of: identities };
}

function symbolOf(ts: TypeScript, checker: ts.TypeChecker, question: Question): ts.Symbol | undefined {
  const { name, receiver, property } = question;
  const symbol =
    receiver && property !== undefined
      ? propertyOf(checker, question, property)
      : ts.isShorthandPropertyAssignment(name.parent)
        ? checker.getShorthandAssignmentValueSymbol(name.parent)
        : ts.isExportSpecifier(name.parent)
          ? checker.getExportSpecifierLocalTargetSymbol(name as ts.Identifier)
          : (checker.getSymbolAtLocation(name) ?? namedProperty(ts, checker, question));
  if (!symbol || !(symbol.flags & ts.SymbolFlags.Alias)) return symbol;
  const target = checker.getAliasedSymbol(symbol);
  // An import that nothing resolves: its own declaration is all there is to know.
  return target.declarations?.length ? target : symbol;
}

/** `sock?.["connect"]`: checkers know the symbol of an identifier, not always that of a string. */
function namedProperty(ts: TypeScript, checker: ts.TypeChecker, question: Question): ts.Symbol | undefined {
  const { name, receiver } = question;
  return receiver && ts.isStringLiteralLike(name) ? propertyOf(checker, question, name.text) : undefined;
}

function propertyOf(checker: ts.TypeChecker, question: Question, name: string): ts.Symbol | undefined {
  const type = receiverType(checker, question);
  return type && checker.getNonNullableType(type).getProperty(name);
}

function receiverType(checker: ts.TypeChecker, { receiver, isExpected }: Question): ts.Type | undefined {
  if (!receiver) return undefined;
  return isExpected
    ? checker.getContextualType(receiver as ts.Expression)
    : checker.getTypeAtLocation(receiver);
}

/** The constituents of a union, or of the one that a type is constrained to. */
function partsOf(checker: ts.TypeChecker, type: ts.Type): readonly ts.Type[] | undefined {
  const constraint = checker.getBaseConstraintOfType(type) ?? type;
  return constraint.isUnion() ? constraint.types : undefined;
}

function isAny(ts: TypeScript, { flags }: ts.Type): boolean {
  return (flags & (ts.TypeFlags.Any | ts.TypeFlags.Unknown)) !== 0;
}

/** `Record<string, any>`, which everything can be assigned to. */
function isOpen(ts: TypeScript, type: ts.Type): boolean {
  const indexed = type.getStringIndexType();
  return indexed !== undefined && isAny(ts, indexed);
}
