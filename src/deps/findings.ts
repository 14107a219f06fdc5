import { fingerprintOf, type ReportedFinding } from "../engine/index.js";
import { findingKind } from "../findings/index.js";
import type { Dependency, Opening } from "./dependency.js";

/** So many of a row's sites are named in one line. */
const SHOWN = 3;

/**
 * A finding for each row of the table, at the import in the project that leads there. Its fingerprint stays while the
 * package is reached from the same file, whichever version it has.
 *
 * @param nameOf how to name a file of the project
 * @param identityOf what a fingerprint calls it
 */
export function dependencyFindings(
  dependencies: readonly Dependency[],
  nameOf: (fileName: string) => string,
  identityOf: (fileName: string) => string,
): ReportedFinding[] {
  return dependencies.flatMap((dependency) => {
    const { name, opens } = dependency;
    const { file, ...place } = dependency.arrival;
    return opens.map((opening) => ({
      file: nameOf(file),
      ...place,
      code: opening.code,
      severity: opening.severity,
      message: `${findingKind(opening.code).message(nameAndVersion(dependency))}: ${details(dependency, opening)}`,
      fingerprint: fingerprintOf(opening.code, identityOf(file), name, opening.verdict),
    }));
  });
}

function nameAndVersion({ name, version }: Dependency): string {
  return version === undefined ? name : `${name} ${version}`;
}

/** `net.connect lib/a.js:3, tls.connect lib/a.js:9 and 4 more` */
export function placesOf(sites: Opening["sites"]): string {
  const named = sites.slice(0, SHOWN).map(({ text, file, line }) => `${text} ${file}:${line}`);
  const more = sites.length - named.length;
  return `${named.join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
}

function details({ through }: Dependency, { sites, reason }: Opening): string {
  const way = through.length > 0 ? `; it comes by ${through.join(" → ")}` : "";
  return sites.length === 0 ? reason : `${placesOf(sites)}; ${reason}${way}`;
}
