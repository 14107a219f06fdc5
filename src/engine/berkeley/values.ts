import type ts from "typescript";
import type { Declarations } from "../../contract/declarations.js";
import { nameOf, placeOf, placeOfDeclaration, type Names } from "../../contract/names.js";
import { unwrapped } from "../syntax.js";

/** What variables, parameters, properties and members of enumerations are given, by the place of their declaration. */
export type Values = ReadonlyMap<string, readonly (ts.Expression | number)[]>;

/** The values that some files give to what they declare, whichever of them it has when it is read. */
export function collectValues(
  names: Names,
  files: readonly ts.SourceFile[],
  { functions }: Declarations,
): Values {
  const { ts } = names;
  const values = new Map<string, (ts.Expression | number)[]>();
  const give = (place: string | undefined, value: ts.Expression | number | undefined): void => {
    if (place === undefined || value === undefined) return;
    const given = values.get(place);
    if (given) given.push(value);
    else values.set(place, [value]);
  };
  const visit = (node: ts.Node): void => {
    if (ts.isBindingElement(node)) {
      give(placeOfDeclaration(node), node.initializer);
      const key = node.propertyName ?? node.name;
      if (ts.isObjectBindingPattern(node.parent) && ts.isIdentifier(key)) give(placeOfDeclaration(node), key);
    } else if (
      ts.isVariableDeclaration(node) ||
      ts.isParameter(node) ||
      ts.isPropertyAssignment(node) ||
      ts.isPropertyDeclaration(node)
    ) {
      give(placeOfDeclaration(node), node.initializer);
    } else if (ts.isEnumDeclaration(node)) {
      node.members.forEach((member, index) => give(placeOfDeclaration(member), memberValue(ts, node, index)));
    } else if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.EqualsToken) {
      const name = nameOf(names, node.left);
      if (name) give(placeOf(names, name), node.right);
    } else if (ts.isCallExpression(node)) {
      const callee = nameOf(names, node.expression);
      const place = callee && placeOf(names, callee);
      const parameters = (place !== undefined && functions.get(place)?.parameters) || [];
      parameters.forEach((parameter, index) => give(placeOfDeclaration(parameter), node.arguments[index]));
    }
    ts.forEachChild(node, visit);
  };
  for (const file of files) visit(file);
  return values;
}

/** A member without a value of its own is one more than the member before it. */
function memberValue(
  ts: Names["ts"],
  { members }: ts.EnumDeclaration,
  index: number,
): ts.Expression | number | undefined {
  const { initializer } = members[index]!;
  if (initializer) return initializer;
  if (index === 0) return 0;
  const before = memberValue(ts, { members } as ts.EnumDeclaration, index - 1);
  if (before === undefined || typeof before === "number")
    return before === undefined ? undefined : before + 1;
  const literal = unwrapped(ts, before);
  return ts.isNumericLiteral(literal) ? Number(literal.text) + 1 : undefined;
}
