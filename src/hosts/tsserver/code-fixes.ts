import type ts from "typescript";
import { countingFindings, fixEdits } from "../../engine/index.js";
import { findingKind, findingKinds } from "../../findings/index.js";
import { diagnosticCode } from "../tspatch/diagnostics.js";
import { changesIn } from "./changes.js";
import type { Look } from "./look.js";

const fixable = findingKinds.filter(({ fix }) => fix !== undefined);

/** The codes of diagnostics that may have a quick fix: editors ask for no others. */
export const fixableCodes: readonly string[] = fixable.map(({ code }) => String(diagnosticCode(code)));

/**
 * Quick fixes for the findings in a range that have a safe edit.
 *
 * @param codes those of the diagnostics that are to be fixed
 */
export function fixesAt(
  look: Look,
  fileName: string,
  start: number,
  end: number,
  codes: readonly number[],
): ts.CodeFixAction[] {
  const plan = look.planOf(fileName);
  if (!plan) return [];
  return countingFindings(look.ts, plan).flatMap((finding) => {
    const { code, fix } = finding;
    const isMeant = finding.start <= end && start <= finding.end && codes.includes(diagnosticCode(code));
    if (!fix || !isMeant) return [];
    const description = findingKind(code).fix ?? "";
    return {
      fixName: "tsocksify",
      description,
      changes: [changesIn(plan.file, fix)],
      fixId: fixIdOf(code),
      fixAllDescription: `${description}, everywhere in this file`,
    };
  });
}

/** All quick fixes of one kind in a file; none where `fixId` is not ours. */
export function allFixes(look: Look, fileName: string, fixId: unknown): ts.FileTextChanges[] {
  const kind = fixable.find(({ code }) => fixIdOf(code) === fixId);
  const plan = kind && look.planOf(fileName);
  return plan ? [changesIn(plan.file, fixEdits(look.ts, plan, kind.code))] : [];
}

function fixIdOf(code: string): string {
  return `tsocksify ${code}`;
}
