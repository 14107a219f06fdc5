import type ts from "typescript";
import { placeOf, type Names } from "../../contract/names.js";
import type { HolderRow, Row } from "../../tables/schema.js";
import { callOf, unwrapped } from "../syntax.js";

/** Whether the call that a name is called by has an argument that its row refuses: `socket(2, 2, 0)`. */
export function isRefused(
  names: Names,
  constants: ReadonlyMap<string, ts.Expression>,
  expression: ts.Expression,
  row: Row | HolderRow,
): boolean {
  const { refuses } = row;
  const argument = refuses && callOf(names.ts, expression)?.arguments[refuses.argument];
  if (!argument) return false;
  const value = numberOf(names, constants, argument);
  return value !== undefined && (value & refuses.mask) === refuses.value;
}

/** The number that an expression stands for, constants seen through. */
function numberOf(
  names: Names,
  constants: ReadonlyMap<string, ts.Expression>,
  expression: ts.Expression,
  depth = 0,
): number | undefined {
  const { ts } = names;
  const node = unwrapped(ts, expression);
  if (ts.isNumericLiteral(node)) return Number(node.text);
  if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.BarToken) {
    const sides = [node.left, node.right].map((side) => numberOf(names, constants, side, depth));
    // A flag whose bits are unknown is none of the type's.
    const known = sides.filter((side) => side !== undefined);
    return known.length > 0 ? known.reduce((a, b) => a | b) : undefined;
  }
  const name = ts.isPropertyAccessExpression(node) ? node.name : node;
  const place = placeOf(names, name);
  const value = place === undefined ? undefined : constants.get(place);
  return value && depth < 10 ? numberOf(names, constants, value, depth + 1) : undefined;
}
