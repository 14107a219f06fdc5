import type { ModuleTable } from "../../tables/schema.js";
import type { Candidate } from "../candidates/index.js";
import { isInert, moduleTable } from "../catalogue.js";
import type { Knowledge } from "../identify.js";
import { irrelevant, reported, type Decision } from "./verdict.js";

type SubpathCandidate = Extract<Candidate, { role: "subpath" }>;

/**
 * `import net from "#net"`, where a package.json says that this is `node:net`. Which module it is may depend on conditions,
 * and a type may know nothing of it: it is not followed.
 */
export function decideSubpath(
  { subpath }: Knowledge,
  { specifier, names }: SubpathCandidate,
): Decision | undefined {
  const tables = subpath(specifier.text)
    .map(moduleTable)
    .filter((table) => table !== undefined)
    .filter(opensAnything);
  if (tables.length === 0) return undefined;
  const isNothing = tables.every((table) => names?.every((name) => isInert(table, name)));
  return isNothing
    ? irrelevant(specifier, "takes only exports that open nothing")
    : reported(specifier, "SOCKS1014");
}

/** Among what the module exports is something that matters, and that is not too rare in it. */
function opensAnything({ namespace, finding, whole }: ModuleTable): boolean {
  return namespace !== undefined || finding !== undefined || whole !== undefined;
}
