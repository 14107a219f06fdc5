import type ts from "typescript";
import type { FindingCode } from "../tables/schema.js";

interface Outcome {
  broken: boolean;
  kept: boolean;
}

export interface BindSite {
  /** Whether a successful connect came before, by path. */
  readonly outcome: Outcome;
  /** Whether the same descriptor is connected afterwards, listened on afterwards. */
  connected?: "certainly" | "perhaps";
  listened: boolean;
}

/** What the paths through the program did with each rule, by call site. */
export class Log {
  readonly outcomes = new Map<ts.Node, Map<FindingCode, Outcome>>();
  readonly binds = new Map<ts.Node, BindSite>();
  /** Not every path was followed. */
  isIncomplete = false;

  /** One visit of a call site: paths that break the rule there, paths that keep it. */
  note(code: FindingCode, site: ts.Node, { broken, kept }: Outcome): void {
    if (!broken && !kept) return;
    const codes = this.outcomes.get(site) ?? new Map<FindingCode, Outcome>();
    this.outcomes.set(site, codes);
    const before = codes.get(code);
    codes.set(code, { broken: broken || !!before?.broken, kept: kept || !!before?.kept });
  }

  bind(site: ts.Node, { broken, kept }: Outcome): void {
    const known = this.bindSite(site);
    known.outcome.broken ||= broken;
    known.outcome.kept ||= kept;
  }

  bindSite(site: ts.Node): BindSite {
    const known = this.binds.get(site) ?? { outcome: { broken: false, kept: false }, listened: false };
    this.binds.set(site, known);
    return known;
  }
}
