import { dirname } from "node:path";
import type ts from "typescript";
import type { ReportedFinding } from "../engine/index.js";
import { findingKind } from "../findings/index.js";
import { compilerFor } from "../project/compiler.js";
import type { Finds } from "../project/find.js";
import { looseOptions } from "../project/loose.js";
import { commandLineOf, type Tsconfig } from "../project/tsconfig.js";
import type { FindingCode } from "../tables/schema.js";
import type { Dependency, Opening, Taken, Verdict } from "./dependency.js";
import { withComments } from "./comments.js";
import { dependencyFindings } from "./findings.js";
import { sitesOf, type FoundSite } from "./openings.js";
import { reach, type Reach } from "./reach.js";
import { Resolution } from "./resolution.js";
import { takesOf } from "./takes.js";

const codes: Readonly<Record<Verdict, FindingCode>> = {
  rewritable: "SOCKS1201",
  "no-r-form": "SOCKS1201",
  datagrams: "SOCKS1202",
  "out-of-sight": "SOCKS1203",
};

/** Follows the imports of the project's files into node_modules. */
export async function reachFrom(finds: Finds, cwd: string): Promise<Reach> {
  const { ts } = compilerFor(cwd);
  return reach(finds.sources, { ts, resolution: await Resolution.load(), isKnown: aliases(finds, cwd) });
}

/** What each reached package does by itself, and what can be done about it; by name and version. */
export function dependencies({ packages }: Reach, cwd: string): Dependency[] {
  const { ts } = compilerFor(cwd);
  const sites = sitesOf(ts, packages);
  return packages.map((each) => {
    const { name, version, arrival, through } = each;
    const own = sites.get(each)!;
    const takes = own.some(({ becomes }) => becomes !== undefined) ? takesOf(ts, each, own) : [];
    const opens = version === undefined ? [missing()] : openings(own, takes);
    return { name, version, arrival, through, opens, takes };
  });
}

/**
 * The findings of dependencies, with what the project's comments say of them.
 *
 * @param nameOf how to name a file of the project
 * @param identityOf what a fingerprint calls it
 */
export function findingsOf(
  dependencies: readonly Dependency[],
  { sources }: Finds,
  cwd: string,
  nameOf: (fileName: string) => string,
  identityOf: (fileName: string) => string,
): ReportedFinding[] {
  const findings = dependencyFindings(dependencies, nameOf, identityOf);
  return withComments(compilerFor(cwd).ts, findings, sources, nameOf, identityOf);
}

function openings(sites: readonly FoundSite[], takes: readonly Taken[]): Opening[] {
  return (Object.keys(codes) as Verdict[]).flatMap((verdict) => {
    const own = sites.filter((site) => verdictOf(site) === verdict);
    if (own.length === 0) return [];
    const code = codes[verdict];
    return {
      verdict,
      code,
      severity: findingKind(code).severity,
      reason: verdict === "rewritable" ? handing(takes) : reasonsOf(own),
      sites: own.map(({ severity, ...site }) => (void severity, site)),
    };
  });
}

function verdictOf({ becomes, code, severity }: FoundSite): Verdict {
  if (becomes !== undefined) return "rewritable";
  if (code === "SOCKS1001") return "datagrams";
  return severity === "error" ? "no-r-form" : "out-of-sight";
}

function handing(takes: readonly Taken[]): string {
  const names = takes.map(({ name }) => name);
  return names.length === 0
    ? "direct, unless it is compiled too"
    : `direct, unless it is compiled too or handed a connection: ${names.join(", ")}`;
}

function reasonsOf(sites: readonly FoundSite[]): string {
  const titles = sites.map(({ code }) => (code ? findingKind(code).title : "Its source can't be parsed"));
  return [...new Set(titles)].join("; ");
}

function missing(): Opening {
  const code = codes["out-of-sight"];
  const reason = "Not installed, or an alias that only a bundler knows";
  return { verdict: "out-of-sight", code, severity: findingKind(code).severity, reason, sites: [] };
}

/** Modules that the tsconfig.json nearest to a file gives a meaning to: `paths`, and declarations without code. */
function aliases({ tsconfigs }: Finds, cwd: string): (specifier: string, from: string) => boolean {
  const byDepth = tsconfigs.toSorted((a, b) => b.path.length - a.path.length);
  const { ts } = compilerFor(cwd);
  const loose = looseOptions(ts, undefined);
  const known = new Map<Tsconfig, ts.CompilerOptions>();
  const optionsOf = (tsconfig: Tsconfig): ts.CompilerOptions => {
    const options = known.get(tsconfig) ?? commandLineOf(tsconfig).options;
    known.set(tsconfig, options);
    return options;
  };
  return (specifier, from) => {
    const nearest = byDepth.find(({ path }) => from.startsWith(dirname(path)));
    const own = nearest?.compiler.ts ?? ts;
    const options = nearest ? optionsOf(nearest) : loose;
    return !!own.resolveModuleName(specifier, from, options, own.sys).resolvedModule;
  };
}

export type * from "./dependency.js";
