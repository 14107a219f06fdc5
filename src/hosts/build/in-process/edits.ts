import { createHash } from "node:crypto";
import type ts from "typescript";
import { textEdits, type FilePlan, type TypeScript } from "../../../engine/index.js";

/** What is edited in the sources that are rewritten, as hashes by path. */
export type Edits = ReadonlyMap<string, string>;

export function editsOf(ts: TypeScript, plans: Iterable<FilePlan>): Edits {
  return new Map(
    [...plans]
      .filter(({ rewrites }) => rewrites.length > 0)
      .map((plan) => [plan.file.fileName, hashOf(textEdits(ts, plan, { placement: "same-line" }))]),
  );
}

/** The sources of a program that are edited in another way than before. */
export function changedSources(program: ts.Program, before: Edits, now: Edits): ts.SourceFile[] {
  return [...new Set([...before.keys(), ...now.keys()])]
    .filter((name) => before.get(name) !== now.get(name))
    .flatMap((name) => program.getSourceFile(name) ?? []);
}

function hashOf(edits: object): string {
  return createHash("sha256").update(JSON.stringify(edits)).digest("base64url").slice(0, 22);
}
