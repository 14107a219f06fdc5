import type ts from "typescript";
import { berkeley } from "../../tables/berkeley.js";
import type { HolderRow, Row } from "../../tables/schema.js";
import { placeOfDeclaration } from "../../contract/names.js";
import { unwrapped } from "../syntax.js";
import type { Identity, Place, Question, Resolver, TypeScript } from "../vocabulary.js";
import { berkeleyImports } from "./imports.js";
import type { BerkeleyModules } from "./modules.js";

const rows: Readonly<Record<string, Row | HolderRow>> = berkeley.exports;

/** What the names of some files stand for in Berkeley modules. */
export interface BerkeleyNames {
  identityOf(name: ts.Node): Identity | undefined;
  /** The export that a name refers to; `""`: a Berkeley module itself. */
  exportOf(name: ts.Node): string | undefined;
}

export function rowOf(exported: string | undefined): Row | HolderRow | undefined {
  return exported !== undefined && Object.hasOwn(rows, exported) ? rows[exported] : undefined;
}

/** Asks, in one batch, for every name in the files. */
export function resolveNames(
  ts: TypeScript,
  files: readonly ts.SourceFile[],
  resolver: Resolver,
  modules: BerkeleyModules,
): BerkeleyNames {
  const imports = files.flatMap((file) =>
    berkeleyImports(ts, file, modules).map((each) => ({ file, ...each })),
  );
  const questions: Question[] = [
    ...imports.map(({ file, name }) => ({ file, name })),
    ...files.flatMap((file) => questionsOf(ts, file)),
  ];
  const identities = resolver.resolve(questions);
  const answers = new Map<ts.Node, Identity>();
  questions.forEach(({ name }, index) => answers.set(name, identities[index]!));

  // By an import's own place too: that is where names lead that nothing resolves any further.
  const exportedAt = new Map<string, string>();
  imports.forEach(({ file, exported, declaration }, index) => {
    const identity = identities[index]!;
    if (identity.kind === "user") exportedAt.set(keyOf(identity.declaration), exported);
    exportedAt.set(keyOf({ fileName: file.fileName, start: declaration.getStart(file) }), exported);
  });
  for (const { pattern, key, element } of files.flatMap((file) => patternElements(ts, file))) {
    const exported = isModule(initializerOf(ts, pattern)) ? key.text : exportOfIdentity(answers.get(key));
    const file = pattern.getSourceFile();
    if (exported !== undefined)
      exportedAt.set(keyOf({ fileName: file.fileName, start: element.getStart(file) }), exported);
  }

  function isModule(expression: ts.Expression | undefined): boolean {
    return !!expression && ts.isIdentifier(expression) && exportOfIdentity(answers.get(expression)) === "";
  }

  function exportOfIdentity(identity: Identity | undefined): string | undefined {
    if (identity?.kind === "mixed") {
      const [first, ...rest] = identity.of.map(exportOfIdentity);
      return rest.every((each) => each === first) ? first : undefined;
    }
    if (identity?.kind === "export")
      return modules.isSpecifier(identity.module, "/") ? identity.path.join(".") : undefined;
    if (identity?.kind !== "user") return undefined;
    const known = exportedAt.get(keyOf(identity.declaration));
    if (known !== undefined) return known;
    const { label, declaration } = identity;
    return modules.isFile(declaration.fileName) && (label === "" || rowOf(label)) ? label : undefined;
  }

  const exportOf = (name: ts.Node): string | undefined => {
    // Also where the module has no types, or has the function from another file.
    if (isModule(receiverOf(ts, name))) return (name as ts.Identifier).text;
    const { parent } = name;
    const isKey = ts.isBindingElement(parent) && name === (parent.propertyName ?? parent.name);
    const taken = isKey ? exportedAt.get(placeOfDeclaration(parent)) : undefined;
    return taken ?? exportOfIdentity(answers.get(name));
  };
  return { identityOf: (name) => answers.get(name), exportOf };
}

/** Every name that stands for a value, and each property that a pattern takes out of one. */
function questionsOf(ts: TypeScript, file: ts.SourceFile): Question[] {
  const questions: Question[] = patternElements(ts, file).map(({ pattern, key }) => ({
    file,
    name: key,
    receiver: pattern,
    property: key.text,
  }));
  const asked = new Set<ts.Node>(questions.map(({ name }) => name));
  const visit = (node: ts.Node): void => {
    if (ts.isTypeNode(node) && !ts.isExpressionWithTypeArguments(node)) return;
    if (ts.isImportDeclaration(node) || ts.isInterfaceDeclaration(node)) return;
    const isKey = ts.isStringLiteralLike(node) && receiverOf(ts, node) !== undefined;
    if ((ts.isIdentifier(node) || isKey) && !asked.has(node)) {
      const receiver = receiverOf(ts, node);
      questions.push({ file, name: node, ...(receiver ? { receiver } : {}) });
    }
    ts.forEachChild(node, visit);
  };
  ts.forEachChild(file, visit);
  return questions;
}

interface PatternElement {
  readonly pattern: ts.ObjectBindingPattern;
  readonly key: ts.Identifier;
  readonly element: ts.BindingElement;
}

function patternElements(ts: TypeScript, file: ts.SourceFile): PatternElement[] {
  const elements: PatternElement[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isBindingElement(node) && ts.isObjectBindingPattern(node.parent) && !node.dotDotDotToken) {
      const key = node.propertyName ?? node.name;
      if (ts.isIdentifier(key)) elements.push({ pattern: node.parent, key, element: node });
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return elements;
}

/** What a declaration takes a pattern's names out of. */
function initializerOf(ts: TypeScript, { parent }: ts.ObjectBindingPattern): ts.Expression | undefined {
  return ts.isVariableDeclaration(parent) && parent.initializer
    ? unwrapped(ts, parent.initializer)
    : undefined;
}

/** What a name is a member of. */
export function receiverOf(ts: TypeScript, name: ts.Node): ts.Expression | undefined {
  const { parent } = name;
  if (ts.isPropertyAccessExpression(parent) && parent.name === name) return unwrapped(ts, parent.expression);
  if (ts.isElementAccessExpression(parent) && parent.argumentExpression === name)
    return unwrapped(ts, parent.expression);
  return undefined;
}

function keyOf({ fileName, start }: Place): string {
  return `${fileName}:${start}`;
}
