import type { FindingCode, RForm } from "../../tables/schema.js";
import { isStatic, lookUp, treatment } from "../catalogue.js";
import type { Identity } from "../vocabulary.js";

export type Judgement =
  { readonly becomes: RForm } | { readonly finding: FindingCode } | { readonly reason: string };

/** What the tables say of an identity. */
export function judge(identity: Identity): Judgement {
  switch (identity.kind) {
    case "mixed":
      return judgeMixed(identity.of.map(judge));
    case "user":
      return { reason: `declared by the program${identity.label && ` as ${identity.label}`}` };
    case "any":
    case "unknown":
      return { reason: "no socket function of that name on the receiver's type" };
  }
  const entry = lookUp(identity);
  const { becomes, finding } = entry ? treatment(entry) : {};
  if (becomes) return { becomes };
  if (finding) return { finding };
  const where =
    identity.kind === "export" ? `${[identity.module, ...identity.path].join(".")}` : identity.path.join(".");
  return { reason: `${where} opens nothing` };
}

/** A member of a union is rewritten only where every constituent would be, and in the same way. */
function judgeMixed(judgements: readonly Judgement[]): Judgement {
  const [first] = judgements;
  if (judgements.every((each) => "reason" in each)) return first!;
  const forms = new Set(judgements.map((each) => ("becomes" in each ? each.becomes : undefined)));
  const [form] = forms;
  return forms.size === 1 && form ? { becomes: form } : { finding: "SOCKS1005" };
}

/** A member of a class, as opposed to an export. */
export function isMethod(identity: Identity): boolean {
  if (identity.kind === "mixed") return identity.of.some(isMethod);
  return identity.kind === "export" && identity.path.length > 1 && !isStatic(identity);
}
