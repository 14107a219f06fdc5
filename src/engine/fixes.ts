import type { FindingCode } from "../tables/schema.js";
import { countingFindings } from "./located.js";
import type { Edit } from "./shapes/shape.js";
import type { FilePlan, TypeScript } from "./vocabulary.js";

/**
 * The safe edits that mend findings of a file, in ascending order. All edits of a finding are made or none: of two
 * findings whose edits overlap only the first is mended, and the other one is still there afterwards.
 *
 * @param code findings of that kind only; default: all that no comment suppresses
 */
export function fixEdits(ts: TypeScript, plan: FilePlan, code?: FindingCode): Edit[] {
  const made: Edit[] = [];
  for (const finding of countingFindings(ts, plan)) {
    const { fix = [] } = finding;
    if (
      (code ?? finding.code) === finding.code &&
      !fix.some((edit) => made.some((each) => overlap(edit, each)))
    )
      made.push(...fix);
  }
  return made.toSorted((a, b) => a.start - b.start || a.end - b.end);
}

/** What is inserted at an end of another edit is beside it. */
function overlap(a: Edit, b: Edit): boolean {
  return a.start < b.end && b.start < a.end;
}
