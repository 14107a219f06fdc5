import type { FindingCode } from "../tables/schema.js";

/** `error`: the program can't be SOCKSified as it is. `warning`: we can't tell, and say so. */
export type Severity = "error" | "warning";

/** One kind of finding. Its code never changes its meaning. */
export interface FindingKind {
  readonly code: FindingCode;
  readonly title: string;
  readonly severity: Severity;
  /**
   * @param subject the call site's text
   * @param may whether only some of the paths through the program come to it
   * @param object what else the call site names: the command of a child process
   */
  message(subject: string, may?: boolean, object?: string): string;
  /** Why it can't be SOCKSified. */
  readonly why: string;
  /** What to do about it. */
  readonly mend: string;
  /** What the edit does that mends it, where there is a safe one: `tsocksify lint --fix` makes it, editors offer it. */
  readonly fix?: string;
}
