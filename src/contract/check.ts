import type ts from "typescript";
import type { Finding } from "../engine/vocabulary.js";
import { findingsOf } from "./findings.js";
import { follow } from "./follow.js";
import type { Names } from "./names.js";

/**
 * Checks "What SOCKS expects" on every path through some files.
 *
 * @param names what the names in the files refer to
 * @param files those that call socket functions of a module with the Berkeley face
 * @returns the findings, by file
 */
export function checkContract(
  names: Names,
  files: readonly ts.SourceFile[],
): ReadonlyMap<ts.SourceFile, readonly Finding[]> {
  const { log, declarations } = follow(names, files);
  const byFile = new Map<ts.SourceFile, Finding[]>();
  for (const finding of findingsOf(names, declarations, log)) {
    const file = finding.node.getSourceFile();
    byFile.set(file, [...(byFile.get(file) ?? []), finding]);
  }
  for (const findings of byFile.values()) findings.sort((a, b) => a.node.pos - b.node.pos);
  return byFile;
}
