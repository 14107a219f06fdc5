import type { FindingCode, ModuleTable } from "../../tables/schema.js";
import type { Candidate } from "../candidates/index.js";
import { isInert, lookUp, moduleTable, treatment } from "../catalogue.js";
import { irrelevant, reported, rewritten, type Decision } from "./verdict.js";

type ModuleCandidate = Extract<Candidate, { role: "module" }>;

/** A module that is loaded, or exported again, as a whole or in part. */
export function decideModule({ specifier, names, getter }: ModuleCandidate): Decision {
  const table = moduleTable(specifier.text)!;
  if (table.whole?.finding) return reported(specifier, table.whole.finding);
  if (names?.every((name) => isInert(table, name)))
    return irrelevant(specifier, "takes only exports that open nothing");
  if (getter && table.namespace) return rewritten("reference", getter, specifier, table.namespace);
  if (table.redirect) return rewritten("specifier", specifier, specifier, table.redirect);
  const code = moduleFinding(table, names);
  return code ? reported(specifier, code) : irrelevant(specifier, "what matters in it is too rare in it");
}

function moduleFinding(table: ModuleTable, names: readonly string[] = []): FindingCode | undefined {
  const rows = names.map((name) => lookUp({ kind: "export", module: table.module, path: [name] }));
  return rows.map((row) => row && treatment(row).finding).find(Boolean) ?? table.finding;
}
