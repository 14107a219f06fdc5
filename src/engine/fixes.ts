import type { FindingCode } from "../tables/schema.js";
import { countingFindings } from "./located.js";
import type { Edit } from "./shapes/shape.js";
import type { FilePlan, TypeScript } from "./vocabulary.js";

/**
 * The safe edits that mend findings of a file, in ascending order. Of two that overlap only the first is made: the
 * other finding is still there afterwards.
 *
 * @param code findings of that kind only; default: all that no comment suppresses
 */
export function fixEdits(ts: TypeScript, plan: FilePlan, code?: FindingCode): Edit[] {
  const fixes = countingFindings(ts, plan)
    .flatMap((finding) => (finding.fix && (code ?? finding.code) === finding.code ? finding.fix : []))
    .toSorted((a, b) => a.start - b.start);
  let end = 0;
  return fixes.filter((fix) => {
    if (fix.start < end) return false;
    end = fix.end;
    return true;
  });
}
