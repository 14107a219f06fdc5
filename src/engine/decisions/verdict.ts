import type ts from "typescript";
import type { FindingCode } from "../../tables/schema.js";
import type { Finding, Irrelevant, Rewrite, ShapeName } from "../vocabulary.js";

/** What becomes of one candidate: exactly one of the three. */
export type Decision =
  | ({ readonly verdict: "rewritten" } & Rewrite)
  | ({ readonly verdict: "reported" } & Finding)
  | ({ readonly verdict: "irrelevant" } & Irrelevant);

export function rewritten(shape: ShapeName, node: ts.Node, name: ts.Node, to: Rewrite["to"]): Decision {
  return { verdict: "rewritten", shape, node, name, to };
}

export function reported(node: ts.Node, code: FindingCode): Decision & { readonly verdict: "reported" } {
  return { verdict: "reported", node, code };
}

/** @param reason why it doesn't count after all, if there is one */
export function reportedUnless(reason: string | undefined, node: ts.Node, code: FindingCode): Decision {
  return reason === undefined ? reported(node, code) : irrelevant(node, reason);
}

export function irrelevant(node: ts.Node, reason: string): Decision {
  return { verdict: "irrelevant", node, reason };
}
