import type { FindingCode, RForm } from "../../tables/schema.js";
import { isStatic, lookUp, treatment } from "../catalogue.js";
import type { Identity } from "../vocabulary.js";

export type Judgement =
  { readonly becomes: RForm } | { readonly finding: FindingCode } | { readonly reason: string };

/** What a function of one of several modules becomes: which one it is, only running it shows. */
const byReceiver: RForm = "Rdispatch";

/** What the tables say of an identity. */
export function judge(identity: Identity): Judgement {
  switch (identity.kind) {
    case "mixed":
      return judgeMixed(identity);
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
function judgeMixed({ of }: Identity & { readonly kind: "mixed" }): Judgement {
  const judgements = of.map(judge);
  const [first] = judgements;
  if (judgements.every((each) => "reason" in each)) return first!;
  const forms = new Set(judgements.map((each) => ("becomes" in each ? each.becomes : undefined)));
  const [form] = forms;
  if (forms.size === 1 && form) return { becomes: form };
  const isOfModules = !forms.has(undefined) && of.every((each) => each.kind === "export" && !isMethod(each));
  return isOfModules ? { becomes: byReceiver } : { finding: "SOCKS1005" };
}

/** `dialer.connect(80)` of an `interface Dialer { connect(port: number): void }`, which a socket is as well. */
export function isStandIn(identity: Identity): boolean {
  return identity.kind === "user" && identity.isStandIn === true;
}

/** What a member of a union may be. */
export function leavesOf(identity: Identity): readonly Identity[] {
  return identity.kind === "mixed" ? identity.of.flatMap(leavesOf) : [identity];
}

/** A member of a class, as opposed to an export. */
export function isMethod(identity: Identity): boolean {
  if (identity.kind === "mixed") return identity.of.some(isMethod);
  return identity.kind === "export" && identity.path.length > 1 && !isStatic(identity);
}
