import type ts from "typescript";
import type { TypeScript } from "../../engine/vocabulary.js";

/** What `typescript/ast` (7.1) and `typescript/unstable/ast` (7.0) export, as far as it matters here. */
export interface NativeSyntax {
  readonly SyntaxKind: Readonly<Record<string, number | string>>;
  readonly NodeFlags: Readonly<Record<string, number | string>>;
  readonly LanguageVariant: Readonly<Record<string, number | string>>;
  readonly ScriptTarget: Readonly<Record<string, number | string>>;
  createScanner(skipTrivia: boolean, variant: number, text: string): object;
  getLeadingCommentRanges(text: string, position: number): readonly object[] | undefined;
}

/** As `isFunctionLike` has it up to TypeScript 6. */
const functionLike = [
  "FunctionDeclaration",
  "MethodDeclaration",
  "Constructor",
  "GetAccessor",
  "SetAccessor",
  "FunctionExpression",
  "ArrowFunction",
  "MethodSignature",
  "CallSignature",
  "ConstructSignature",
  "IndexSignature",
  "FunctionType",
  "ConstructorType",
];

type Guard = (node: ts.Node) => boolean;

/**
 * The part of the `typescript` namespace that the engine reads syntax and writes text with, over the remote syntax
 * trees of TypeScript 7. What is missing there, or has another name, is defined here; everything else is handed on.
 *
 * @param native the `ast` module of the compiler that the trees come from
 * @param ModuleKind the enumeration of the same compiler
 */
export function nativeSyntax(native: NativeSyntax, ModuleKind: object): TypeScript {
  const guards = native as unknown as Readonly<Record<string, Guard>>;
  const { SyntaxKind } = native;
  const kind = (...names: readonly string[]): Guard => {
    const kinds = new Set(names.map((name) => SyntaxKind[name]));
    return (node) => kinds.has(node.kind);
  };
  const isHole = (node: ts.Node): boolean =>
    guards.isBindingElement!(node) && (node as Partial<ts.BindingElement>).name === undefined;
  const modifiersOf = (node: ts.Node): readonly ts.ModifierLike[] | undefined =>
    (node as ts.Node & { readonly modifiers?: readonly ts.ModifierLike[] }).modifiers;

  return {
    ...native,
    ModuleKind,
    SyntaxKind: { ...SyntaxKind, EndOfFileToken: SyntaxKind.EndOfFile },
    forEachChild: <T>(node: ts.Node, visit: (child: ts.Node) => T | undefined): T | undefined =>
      (
        node as ts.Node & { forEachChild(visit: (child: ts.Node) => T | undefined): T | undefined }
      ).forEachChild(visit),
    isStringLiteralLike: kind("StringLiteral", "NoSubstitutionTemplateLiteral"),
    isTypeAssertionExpression: guards.isTypeAssertion,
    isParameter: guards.isParameterDeclaration,
    /** What is left out of `[, b]` is an element without a name here, and an omitted expression up to 6. */
    isBindingElement: (node: ts.Node) => guards.isBindingElement!(node) && !isHole(node),
    isOmittedExpression: (node: ts.Node) => guards.isOmittedExpression!(node) || isHole(node),
    isPropertySignature: guards.isPropertySignatureDeclaration,
    isClassLike: kind("ClassDeclaration", "ClassExpression"),
    isFunctionLike: kind(...functionLike),
    canHaveModifiers: () => true,
    getModifiers: (node: ts.Node) => modifiersOf(node)?.filter(({ kind }) => kind !== SyntaxKind.Decorator),
    isExternalModule: (file: ts.SourceFile) =>
      (file as ts.SourceFile & { readonly externalModuleIndicator?: unknown }).externalModuleIndicator !==
      undefined,
    /** Without the target, which all versions up to 6 want first. */
    createScanner: (_target: ts.ScriptTarget, skipTrivia: boolean, variant: number, text: string) =>
      native.createScanner(skipTrivia, variant, text),
  } as unknown as TypeScript;
}

/**
 * A fetched file as the engine knows files.
 *
 * The native parser turns some JSDoc comments of JavaScript files into statements; they are not in the text as such.
 *
 * @param formatOf what Node would take the file for, which is not part of the syntax tree: only edits ask
 */
export function nativeFile(
  native: NativeSyntax,
  file: object,
  formatOf: () => number | undefined,
): ts.SourceFile {
  const fetched = file as ts.SourceFile;
  formats.set(file, formatOf);
  const reparsed = Number(native.NodeFlags.Reparsed);
  const written = fetched.statements.filter(({ flags }) => (flags & reparsed) === 0);
  return Object.defineProperties(fetched, {
    statements: { value: written, configurable: true },
    impliedNodeFormat,
  });
}

const formats = new WeakMap<object, () => number | undefined>();

/** One function for all files: each of its own would give each file a shape of its own, and V8 is slow with all their nodes. */
const impliedNodeFormat: PropertyDescriptor & ThisType<object> = {
  get() {
    return formats.get(this)?.();
  },
  configurable: true,
};
