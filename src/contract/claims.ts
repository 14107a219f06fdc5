import type ts from "typescript";
import { unwrapped } from "../engine/syntax.js";
import type { Declarations } from "./declarations.js";
import { nameOf, placeOf, type Names } from "./names.js";

/** What a bind asks for: a port or an interface of its own, nothing, or what can't be told from here. */
export type Claim = "some" | "none" | "unknown";

/** The addresses and ports that leave the choice to the system. */
const anything: ReadonlySet<string> = new Set([
  "",
  "0",
  "0.0.0.0",
  "::",
  "::0",
  "INADDR_ANY",
  "IN6ADDR_ANY_INIT",
  "in6addr_any",
  "undefined",
  "null",
  "NULL",
]);

/** What the arguments of a bind, after the descriptor, claim. */
export function claimOf(names: Names, declarations: Declarations, args: readonly ts.Expression[]): Claim {
  const claims = args.map((argument) => claimOfValue(names, declarations, argument));
  if (claims.includes("some")) return "some";
  return claims.includes("unknown") ? "unknown" : "none";
}

function claimOfValue(names: Names, declarations: Declarations, expression: ts.Expression): Claim {
  const { ts } = names;
  const node = unwrapped(ts, expression);
  if (ts.isNumericLiteral(node) || ts.isStringLiteralLike(node))
    return anything.has(node.text) ? "none" : "some";
  if (node.kind === ts.SyntaxKind.NullKeyword) return "none";
  if (ts.isObjectLiteralExpression(node)) return claimOfAddress(names, declarations, node);
  // `htons(0)`, `inet_addr("0.0.0.0")`, `sockaddr_in(0)`: functions that only say it in another way.
  if (ts.isCallExpression(node) && isConversion(names, node))
    return claimOf(names, declarations, node.arguments);
  const name = nameOf(names, node);
  if (!name) return "unknown";
  const { text } = name as ts.Identifier;
  if (anything.has(text) || /^AF_|^PF_/.test(text)) return "none";
  const place = placeOf(names, name);
  const value = place === undefined ? undefined : declarations.constants.get(place);
  return value ? claimOfValue(names, declarations, value) : "unknown";
}

function claimOfAddress(names: Names, declarations: Declarations, node: ts.ObjectLiteralExpression): Claim {
  const { ts } = names;
  const values = node.properties.flatMap((property): Claim[] => {
    if (ts.isShorthandPropertyAssignment(property)) {
      if (isFamily(property.name.text)) return [];
      return [claimOfValue(names, declarations, property.name)];
    }
    if (!ts.isPropertyAssignment(property)) return ["unknown"];
    const isOfFamily = isFamily(property.name.getText());
    return isOfFamily ? [] : [claimOfValue(names, declarations, property.initializer)];
  });
  if (values.includes("some")) return "some";
  return values.includes("unknown") ? "unknown" : "none";
}

function isFamily(name: string): boolean {
  return /family|sin6?_len|scope|flow/i.test(name);
}

function isConversion(names: Names, call: ts.CallExpression): boolean {
  const text = (nameOf(names, call.expression) as ts.Identifier | undefined)?.text ?? "";
  return /^(?:htons|htonl|inet_addr|inet_aton|inet_pton|sockaddr_in6?)$/.test(text);
}
