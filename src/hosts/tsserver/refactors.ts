import type ts from "typescript";
import { sourceEdits, subjectOf, type FilePlan, type Rewrite, type TypeScript } from "../../engine/index.js";
import { changesIn } from "./changes.js";
import type { Look } from "./look.js";

const NAME = "tsocksify";

/** What a person chose: which of a file's call sites are rewritten. */
const actions = {
  call: {
    kind: "refactor.rewrite.tsocksify.call",
    wanted: rewritesAt,
    description: (ts: TypeScript, file: ts.SourceFile, [first, ...more]: readonly Rewrite[]): string =>
      more.length > 0
        ? `SOCKSify these ${more.length + 1} call sites`
        : `SOCKSify this call: '${subjectOf(ts, file, first!.name)}' becomes ${first!.to}`,
  },
  file: {
    kind: "refactor.rewrite.tsocksify.file",
    wanted: (_: TypeScript, { rewrites }: FilePlan): readonly Rewrite[] => rewrites,
    description: (_: TypeScript, _file: ts.SourceFile, { length }: readonly Rewrite[]): string =>
      `SOCKSify this file: ${length} call ${length === 1 ? "site" : "sites"}`,
  },
} as const;

/**
 * The refactorings that there are at a place.
 *
 * @param kind the prefix of the kinds that the editor wants
 */
export function refactorsAt(
  look: Look,
  fileName: string,
  at: number | ts.TextRange,
  kind = "",
): ts.ApplicableRefactorInfo[] {
  const plan = look.planOf(fileName);
  if (!plan) return [];
  const applicable = Object.entries(actions).flatMap(([name, action]) => {
    const wanted = action.wanted(look.ts, plan, at);
    if (wanted.length === 0 || !action.kind.startsWith(kind)) return [];
    return { name, description: action.description(look.ts, plan.file, wanted), kind: action.kind };
  });
  return applicable.length > 0
    ? [{ name: NAME, description: "Rewrite socket functions to their R-forms", actions: applicable }]
    : [];
}

/** The edits of one of them, with the runtime's import; none where it is not ours. */
export function refactored(
  look: Look,
  fileName: string,
  at: number | ts.TextRange,
  refactorName: string,
  actionName: string,
): ts.RefactorEditInfo[] {
  const action = refactorName === NAME ? actions[actionName as keyof typeof actions] : undefined;
  const plan = action && look.planOf(fileName);
  if (!plan) return [];
  const chosen = { ...plan, rewrites: action.wanted(look.ts, plan, at) };
  return [{ edits: [changesIn(plan.file, sourceEdits(look.ts, chosen))] }];
}

/** The call sites in a selection, or else the innermost one around it. */
function rewritesAt(
  ts: TypeScript,
  { file, rewrites }: FilePlan,
  at: number | ts.TextRange,
): readonly Rewrite[] {
  const { pos, end } = typeof at === "number" ? { pos: at, end: at } : at;
  const selected = rewrites.filter(({ name }) => pos <= name.getStart(file) && name.end <= end);
  if (selected.length > 0) return selected;
  return rewrites
    .map((rewrite) => ({ rewrite, around: callSite(ts, rewrite) }))
    .filter(({ around }) => around.getStart(file) <= pos && end <= around.end)
    .toSorted((a, b) => a.around.getWidth(file) - b.around.getWidth(file))
    .slice(0, 1)
    .map(({ rewrite }) => rewrite);
}

/** With its arguments, where it is called. */
function callSite(ts: TypeScript, { node }: Rewrite): ts.Node {
  const { parent } = node;
  const isCallee = (ts.isCallExpression(parent) || ts.isNewExpression(parent)) && parent.expression === node;
  return isCallee ? parent : node;
}
