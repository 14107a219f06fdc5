import type ts from "typescript";
import { placeOf, type Names } from "../../contract/names.js";
import type { HolderRow, Row } from "../../tables/schema.js";
import { callOf, choicesOf, memberName, outerAccess, unwrapped } from "../syntax.js";
import { rowOf, type BerkeleyNames } from "./exports.js";
import type { Values } from "./values.js";

/** Does a call have what its row refuses: in any case, never, or as far as can be seen in some? */
export type Refusal = "always" | "may" | "never";

/** What is known of names and of what stands behind them. */
export interface Known {
  readonly names: Names;
  readonly exportOf: BerkeleyNames["exportOf"];
  readonly values: Values;
}

/** Whether the call that a name is called by has an argument that its row refuses: `socket(2, 2, 0)`. */
export function refusalOf(known: Known, expression: ts.Expression, row: Row | HolderRow): Refusal {
  const { ts } = known.names;
  const { refuses } = row;
  const passed = refuses && argumentsOf(ts, expression);
  if (!passed) return "never";
  const given = passed.slice(0, refuses.argument + 1);
  if (given.some((each) => each === undefined || ts.isSpreadElement(each))) return "may";
  const argument = given[refuses.argument];
  if (!argument) return "never";
  const numbers = numbersOf(known, argument, new Set());
  const refused = numbers.filter((each) => each !== undefined && (each & refuses.mask) === refuses.value);
  if (numbers.length > 0 && refused.length === numbers.length) return "always";
  return refused.length > 0 || numbers.includes(undefined) ? "may" : "never";
}

/**
 * What a function is called with: `f(a)`, `f.call(self, a)`, `f.apply(self, [a])`, `Reflect.apply(f, self, [a])`,
 * `f.bind(self, a)(b)`. What is given elsewhere, or can't be told, ends the list as `undefined`.
 */
function argumentsOf(
  ts: Names["ts"],
  expression: ts.Expression,
): readonly (ts.Expression | undefined)[] | undefined {
  const call = callOf(ts, expression);
  if (call) return call.arguments;
  const access = outerAccess(ts, expression);
  const method = access && memberName(ts, access)?.text;
  const outer = access && callOf(ts, access);
  if (outer && method === "call") return outer.arguments.slice(1);
  if (outer && method === "apply") return listed(ts, outer.arguments[1]);
  if (outer && method === "bind")
    return [...outer.arguments.slice(1), ...(argumentsOf(ts, outer) ?? [undefined])];
  const { parent } = expression;
  if (!ts.isCallExpression(parent)) return undefined;
  const isApplied =
    parent.arguments[0] === expression && /^Reflect\s*\.\s*apply$/.test(parent.expression.getText());
  return isApplied ? listed(ts, parent.arguments[2]) : [undefined];
}

function listed(ts: Names["ts"], list: ts.Expression | undefined): readonly (ts.Expression | undefined)[] {
  const array = list && unwrapped(ts, list);
  return array && ts.isArrayLiteralExpression(array) ? array.elements : [undefined];
}

/** The numbers that an expression may stand for, as far as the files say; `undefined`: some other. */
function numbersOf(known: Known, expression: ts.Expression, seen: Set<string>): (number | undefined)[] {
  const { ts } = known.names;
  const choices = choicesOf(ts, expression);
  if (choices.length > 1) return choices.flatMap((choice) => numbersOf(known, choice, seen));
  const node = choices[0]!;
  if (ts.isNumericLiteral(node)) return [Number(node.text)];
  if (ts.isBinaryExpression(node)) return calculated(known, node, seen);
  const name = ts.isPropertyAccessExpression(node)
    ? node.name
    : ts.isElementAccessExpression(node)
      ? memberName(ts, node)
      : node;
  if (!name) return [undefined];
  // Where SOCK_DGRAM is named, that is reported: all else that such a module exports is something else.
  if (known.exportOf(name) !== undefined) return [0];
  const place = placeOf(known.names, name);
  const given = place === undefined ? undefined : known.values.get(place);
  if (!given) return byConvention(name);
  if (seen.has(place!)) return [];
  seen.add(place!);
  const numbers = given.flatMap((value) =>
    typeof value === "number" ? [value] : numbersOf(known, value, seen),
  );
  seen.delete(place!);
  return numbers;
}

/** What nothing shows the value of, but is called as C calls it: `constants.SOCK_STREAM`. */
function byConvention(name: ts.Node): (number | undefined)[] {
  const text = "text" in name ? String(name.text) : "";
  return text.startsWith("SOCK_") && rowOf(text)?.class !== "udp" ? [0] : [undefined];
}

function calculated(known: Known, node: ts.BinaryExpression, seen: Set<string>): (number | undefined)[] {
  const { SyntaxKind } = known.names.ts;
  const left = numbersOf(known, node.left, seen);
  const right = numbersOf(known, node.right, seen);
  const each = (combine: (a: number | undefined, b: number | undefined) => number | undefined) =>
    left.flatMap((a) => right.map((b) => combine(a, b)));
  const both = (combine: (a: number, b: number) => number) =>
    each((a, b) => (a === undefined || b === undefined ? undefined : combine(a, b)));
  switch (node.operatorToken.kind) {
    case SyntaxKind.BarToken:
      // A flag whose bits are unknown is none of the type's.
      return each((a, b) => (a === undefined ? b : b === undefined ? a : a | b));
    case SyntaxKind.AmpersandToken:
      return both((a, b) => a & b);
    case SyntaxKind.PlusToken:
      return both((a, b) => a + b);
    case SyntaxKind.LessThanLessThanToken:
      return both((a, b) => a << b);
    default:
      return [undefined];
  }
}
