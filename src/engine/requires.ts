import type ts from "typescript";
import { requireMakers } from "./catalogue.js";
import { wellKnownRequires } from "./names-that-tell.js";
import { placesIn } from "./places.js";
import { escapedLetter } from "./prefilter.js";
import {
  callOf,
  choicesOf,
  isCompared,
  isDeclarationName,
  isLogical,
  isOnlyTested,
  isWrapper,
  isWritten,
  lastName,
  memberName,
  outerAccess,
  unwrapped,
  type MemberAccess,
} from "./syntax.js";
import type { TypeScript } from "./vocabulary.js";

interface RequireNames {
  /** Names for `createRequire`. */
  readonly makers: ReadonlySet<string>;
  /** Names for `require`, and for what `createRequire` makes. */
  readonly requires: ReadonlySet<string>;
  /** Names that the file gives to functions of its own: a bundle's, or a stand-in that hands `require` on. */
  readonly declared: ReadonlySet<string>;
}

const known = new WeakMap<ts.SourceFile, RequireNames>();

const mentioned = new RegExp(
  String.raw`(?<![\w$])(?:${[...requireMakers, ...wellKnownRequires].join("|")})(?![\w$])|${escapedLetter}`,
);

/** `require`, `module.require`, `createRequire(…)` and names for them. */
export function isRequire(ts: TypeScript, callee: ts.Expression): boolean {
  return choicesOf(ts, callee).some((choice) => isNameOfRequire(ts, choice));
}

function isNameOfRequire(ts: TypeScript, inner: ts.Expression): boolean {
  const names = (): RequireNames => requireNames(ts, inner.getSourceFile());
  if (ts.isIdentifier(inner)) return names().requires.has(inner.text);
  if (ts.isCallExpression(inner)) return isMaker(ts, inner, names().makers);
  const isAccess = ts.isPropertyAccessExpression(inner) || ts.isElementAccessExpression(inner);
  return isAccess && memberName(ts, inner)?.text === "require" && isModuleObject(ts, inner.expression);
}

/** `module`, `module.parent`, `require.main`, `process.mainModule`: what has a `require` of its own. */
function isModuleObject(ts: TypeScript, node: ts.Expression): boolean {
  const inner = unwrapped(ts, node);
  if (ts.isIdentifier(inner)) return inner.text === "module";
  if (!ts.isPropertyAccessExpression(inner) && !ts.isElementAccessExpression(inner)) return false;
  const name = memberName(ts, inner)?.text;
  const owner = unwrapped(ts, inner.expression);
  if (name === "parent") return isModuleObject(ts, owner);
  return ts.isIdentifier(owner) && ["require.main", "process.mainModule"].includes(`${owner.text}.${name}`);
}

/** `module.constructor`, which is what `require("module")` gives. */
export function isModuleClass(ts: TypeScript, node: ts.Expression): boolean {
  const inner = unwrapped(ts, node);
  const isAccess = ts.isPropertyAccessExpression(inner) || ts.isElementAccessExpression(inner);
  return isAccess && memberName(ts, inner)?.text === "constructor" && isModuleObject(ts, inner.expression);
}

/** `const { require: load } = module`, `Reflect.get(module, "require")`: what a module's own is taken out by. */
export function isRequireOf(ts: TypeScript, key: ts.Node, owner: ts.Expression | undefined): boolean {
  const isName = (ts.isIdentifier(key) || ts.isStringLiteralLike(key)) && key.text === "require";
  return isName && owner !== undefined && isModuleObject(ts, owner);
}

/** The local names that a file gives to `createRequire`, to what it makes, and to `require`. */
export function requireNames(ts: TypeScript, file: ts.SourceFile): RequireNames {
  const before = known.get(file);
  if (before) return before;
  const makers = new Set(requireMakers);
  const requires = new Set(wellKnownRequires);
  const declared = new Set<string>();
  known.set(file, { makers, requires, declared });
  if (!mentioned.test(file.text)) return { makers, requires, declared };
  let places = placesIn(file);
  const visit = (node: ts.Node): void => {
    if (!places.within(node)) return;
    if ((ts.isImportSpecifier(node) || ts.isBindingElement(node)) && ts.isIdentifier(node.name)) {
      const { name, propertyName = name } = node;
      if (ts.isIdentifier(propertyName) && requireMakers.has(propertyName.text)) makers.add(name.text);
    }
    if (ts.isFunctionDeclaration(node) && node.name && node.body) declared.add(node.name.text);
    // `declare const require: …` is Node's own.
    if (ts.isVariableDeclaration(node) && ts.isIdentifier(node.name) && node.initializer) {
      const isName = choicesOf(ts, node.initializer).some((value) =>
        ts.isIdentifier(value)
          ? requires.has(value.text)
          : ts.isCallExpression(value) && isMaker(ts, value, makers),
      );
      (isName ? requires : declared).add(node.name.text);
    }
    ts.forEachChild(node, visit);
  };
  // What has a name for one of them may have another name for that.
  for (let count = 0; count < makers.size + requires.size;) {
    count = makers.size + requires.size;
    declared.clear();
    places = places.with([...makers, ...requires]);
    visit(file);
  }
  return { makers, requires, declared };
}

/**
 * Is it `require`, or a name for it, that is handed on to where its calls can't be followed: `f(require)`,
 * `require.call(…)`, `{ require }`?
 */
export function isEscapingRequire(ts: TypeScript, node: ts.Identifier | MemberAccess): boolean {
  if (!(ts.isIdentifier(node) ? isRequireName(ts, node) : isRequire(ts, node))) return false;
  if (callOf(ts, node) || isOnlyTested(ts, node) || isCompared(ts, node) || isWritten(ts, node)) return false;
  if (isFollowed(ts, node)) return false;
  const access = outerAccess(ts, node);
  if (access) return ["call", "apply", "bind"].includes(memberName(ts, access)?.text ?? "");
  return !isOfConvention(ts, node);
}

function isRequireName(ts: TypeScript, name: ts.Identifier): boolean {
  const { requires, declared } = requireNames(ts, name.getSourceFile());
  const isReference = !isDeclarationName(ts, name) && !ts.isExportSpecifier(name.parent);
  return isReference && requires.has(name.text) && !declared.has(name.text) && !isParameter(ts, name);
}

/** Is the name one of a parameter, of whichever function around it? */
export function isParameter(ts: TypeScript, { text, parent }: ts.Identifier): boolean {
  for (let node: ts.Node = parent; node && !ts.isSourceFile(node); node = node.parent)
    if (
      ts.isFunctionLike(node) &&
      node.parameters.some(({ name }) => ts.isIdentifier(name) && name.text === text)
    )
      return true;
  return false;
}

/** Is it called as it is, or given to a name whose calls are looked at: `const load = require`, esbuild's `__require`? */
function isFollowed(ts: TypeScript, node: ts.Expression): boolean {
  let value = node;
  while (ts.isExpression(value.parent) && isChoice(ts, value)) value = value.parent;
  if (value !== node && callOf(ts, value)) return true;
  const { parent } = value;
  // `const load = module.require`: it is given without the module that it belongs to, where it needs that.
  if (ts.isVariableDeclaration(parent) && ts.isIdentifier(parent.name) && !isExported(ts, parent))
    return ts.isIdentifier(node);
  for (let outer: ts.Node = parent; outer && !ts.isSourceFile(outer); outer = outer.parent)
    if (
      ts.isVariableDeclaration(outer) &&
      ts.isIdentifier(outer.name) &&
      wellKnownRequires.has(outer.name.text)
    )
      return true;
  return false;
}

/** May the value of the expression around be that of this one? */
export function isChoice(ts: TypeScript, node: ts.Expression): boolean {
  const { parent } = node;
  if (isWrapper(ts, parent)) return true;
  if (ts.isConditionalExpression(parent)) return parent.condition !== node;
  if (!ts.isBinaryExpression(parent)) return false;
  return (
    isLogical(ts, parent) || (parent.operatorToken.kind === ts.SyntaxKind.CommaToken && parent.right === node)
  );
}

export function isExported(ts: TypeScript, { parent: { parent } }: ts.VariableDeclaration): boolean {
  return (
    ts.isVariableStatement(parent) &&
    (parent.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) ?? false)
  );
}

/** `factory(require, exports)`: how AMD and UMD hand it to a function that calls it `require` too. */
function isOfConvention(ts: TypeScript, { parent }: ts.Expression): boolean {
  return (
    ts.isCallExpression(parent) &&
    parent.arguments.some((each) => ts.isIdentifier(each) && ["exports", "module"].includes(each.text))
  );
}

function isMaker(ts: TypeScript, { expression }: ts.CallExpression, makers: ReadonlySet<string>): boolean {
  const name = lastName(ts, expression);
  return name !== undefined && makers.has(name);
}
