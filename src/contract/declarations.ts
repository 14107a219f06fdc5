import type ts from "typescript";
import { isConstant, unwrapped } from "../engine/syntax.js";
import type { TypeScript } from "../engine/vocabulary.js";
import { placeOfDeclaration } from "./names.js";

/** What some files declare, by place: functions to be followed into, classes, and constants. */
export interface Declarations {
  readonly functions: ReadonlyMap<string, ts.FunctionLikeDeclaration>;
  readonly classes: ReadonlyMap<string, ts.ClassLikeDeclaration>;
  readonly constants: ReadonlyMap<string, ts.Expression>;
  /** What else a name is called: `const dial = connect`, `{ dial: connect }`. */
  readonly aliases: ReadonlyMap<string, ts.Expression>;
  /** All functions with a body, whether a name leads to them or not. */
  readonly bodies: readonly ts.FunctionLikeDeclaration[];
}

export function collectDeclarations(ts: TypeScript, files: readonly ts.SourceFile[]): Declarations {
  const functions = new Map<string, ts.FunctionLikeDeclaration>();
  const classes = new Map<string, ts.ClassLikeDeclaration>();
  const constants = new Map<string, ts.Expression>();
  const aliases = new Map<string, ts.Expression>();
  const bodies: ts.FunctionLikeDeclaration[] = [];

  const visit = (node: ts.Node): void => {
    if (isFunctionWithBody(ts, node)) {
      bodies.push(node);
      // An arrow function has no name of its own, and may start where its parameter does.
      if (!ts.isArrowFunction(node)) functions.set(placeOfDeclaration(node), node);
    } else if (ts.isClassDeclaration(node) || ts.isClassExpression(node)) {
      classes.set(placeOfDeclaration(node), node);
    } else if (
      (ts.isVariableDeclaration(node) || ts.isPropertyDeclaration(node) || ts.isPropertyAssignment(node)) &&
      node.initializer
    ) {
      const value = unwrapped(ts, node.initializer);
      const place = placeOfDeclaration(node);
      if (isFunctionWithBody(ts, value)) functions.set(place, value);
      else if (ts.isClassExpression(value)) classes.set(place, value);
      else if (ts.isVariableDeclaration(node) && isConstant(ts, node)) constants.set(place, value);
      const isName = ts.isIdentifier(value) || ts.isPropertyAccessExpression(value);
      if (isName && (!ts.isVariableDeclaration(node) || isConstant(ts, node))) aliases.set(place, value);
    }
    if (ts.isEnumMember(node) && node.initializer)
      constants.set(placeOfDeclaration(node), unwrapped(ts, node.initializer));
    ts.forEachChild(node, visit);
  };
  for (const file of files) visit(file);
  return { functions, classes, constants, aliases, bodies };
}

export function isFunctionWithBody(ts: TypeScript, node: ts.Node): node is ts.FunctionLikeDeclaration {
  return ts.isFunctionLike(node) && (node as ts.FunctionLikeDeclaration).body !== undefined;
}
