import type ts from "typescript";
import type { Finding } from "../engine/vocabulary.js";
import { claimOf } from "./claims.js";
import { codes } from "./codes.js";
import type { Declarations } from "./declarations.js";
import { deletionOf } from "./deletion.js";
import type { BindSite, Log } from "./log.js";
import type { Names } from "./names.js";

/** What the log says, as findings: certain where every path breaks the rule, "may" where some do. */
export function findingsOf(names: Names, declarations: Declarations, log: Log): Finding[] {
  const findings: Finding[] = [];
  for (const [node, outcomes] of log.outcomes)
    for (const [code, { broken, kept }] of outcomes)
      if (broken) findings.push({ code, node, ...uncertain(kept || log.isIncomplete) });
  for (const [node, site] of log.binds) {
    const finding = bindFinding(names, declarations, node, site, log.isIncomplete);
    if (finding) findings.push(finding);
  }
  return findings;
}

/** A bind is judged by what comes after it: a connect makes it rule 4's, anything else rule 3's. */
function bindFinding(
  names: Names,
  declarations: Declarations,
  node: ts.Node,
  { outcome, connected, listened }: BindSite,
  isIncomplete: boolean,
): Finding | undefined {
  const { ts } = names;
  if (!connected)
    return outcome.broken
      ? { code: codes.bind, node, ...uncertain(outcome.kept || isIncomplete) }
      : undefined;
  const call = callNamed(ts, node);
  const claim = claimOf(names, declarations, call?.arguments.slice(1) ?? []);
  const isUncertain = connected === "perhaps" || listened || isIncomplete;
  if (claim !== "none")
    return { code: codes.claimed, node, ...uncertain(isUncertain || claim === "unknown") };
  const fix = call && !isUncertain ? deletionOf(ts, call) : undefined;
  return { code: codes.unclaimed, node, ...uncertain(isUncertain), ...(fix ? { fix: [fix] } : {}) };
}

function uncertain(isUncertain: boolean): { certainty?: "may" } {
  return isUncertain ? { certainty: "may" } : {};
}

function callNamed(ts: Names["ts"], name: ts.Node): ts.CallExpression | undefined {
  let node = name.parent;
  while (node && !ts.isCallExpression(node) && !ts.isSourceFile(node)) node = node.parent;
  return node && ts.isCallExpression(node) ? node : undefined;
}
