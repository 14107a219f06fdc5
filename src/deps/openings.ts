import { existsSync } from "node:fs";
import { join } from "node:path";
import type ts from "typescript";
import {
  locate,
  planFiles,
  subjectOf,
  type FilePlan,
  type LocatedFinding,
  type TypeScript,
} from "../engine/index.js";
import { isTooDeep, TOO_DEEP } from "../engine/nesting.js";
import { compilerHost } from "../project/declarations.js";
import { syntaxError } from "../project/in-process.js";
import { inProcessResolver } from "../resolvers/in-process.js";
import type { Site } from "./dependency.js";
import type { Reached } from "./reached.js";

/** The R-forms that open nothing: what tells an address, and TLS over a socket that somebody else opens. */
const opensNothing: ReadonlySet<string> = new Set(["Rgetsockname", "Rtls.TLSSocket"]);

/** A site, with the severity that it would have in the project's own code. */
export interface FoundSite extends Site {
  readonly severity: LocatedFinding["severity"];
}

/**
 * The sites of each package, in the order of files and lines: what the engine would rewrite or report there. A method of
 * an object without a type doesn't count: if it is a socket, the place that made it does.
 */
export function sitesOf(ts: TypeScript, packages: readonly Reached[]): Map<Reached, FoundSite[]> {
  const sources = packages.flatMap(({ files }) => [...files.values()].flatMap(({ source }) => source ?? []));
  const { plans, broken } = analyse(ts, sources);
  return new Map(
    packages.map((each) => {
      const own = [...each.files].flatMap(([name, { source, unreadable }]): FoundSite[] => {
        const error = unreadable ?? (source && broken.get(source));
        if (error !== undefined)
          return [{ file: name, line: 1, column: 1, text: error, severity: "warning" }];
        const plan = source && plans.get(source);
        return plan ? planSites(ts, plan, name) : [];
      });
      return [each, [...addonSites(each), ...own].sort(byPlace)];
    }),
  );
}

interface Analysis {
  readonly plans: ReadonlyMap<ts.SourceFile, FilePlan>;
  /** What is wrong with files that can't be parsed. */
  readonly broken: ReadonlyMap<ts.SourceFile, string>;
}

/**
 * The engine's plans. The program has these files and the declarations of Node, and resolves no import: what a function of
 * Node gives has its type, also in JavaScript, and what comes from another file has none. So files can be asked apart, which
 * finds those that are nested too deeply for the call stack.
 */
function analyse(ts: TypeScript, sources: readonly ts.SourceFile[]): Analysis {
  try {
    return analyseTogether(ts, sources);
  } catch (error) {
    if (!isTooDeep(error)) throw error;
    const [only] = sources;
    if (sources.length === 1) return { plans: new Map(), broken: new Map([[only!, TOO_DEEP]]) };
    const middle = sources.length >> 1;
    const halves = [sources.slice(0, middle), sources.slice(middle)].map((half) => analyse(ts, half));
    return {
      plans: new Map(halves.flatMap(({ plans }) => [...plans])),
      broken: new Map(halves.flatMap(({ broken }) => [...broken])),
    };
  }
}

function analyseTogether(ts: TypeScript, sources: readonly ts.SourceFile[]): Analysis {
  const program = programOf(ts, sources);
  const broken = new Map<ts.SourceFile, string>();
  for (const source of sources) {
    const message = syntaxError(program, source)?.messageText;
    if (message !== undefined) broken.set(source, ts.flattenDiagnosticMessageText(message, " "));
  }
  const whole = sources.filter((source) => !broken.has(source));
  const resolver = inProcessResolver(ts, program.getTypeChecker());
  const plans = planFiles(ts, whole, resolver, { any: "ignore" });
  return { plans: new Map(plans.map((plan) => [plan.file, plan])), broken };
}

function programOf(ts: TypeScript, sources: readonly ts.SourceFile[]): ts.Program {
  const options: ts.CompilerOptions = {
    allowJs: true,
    noLib: true,
    types: [],
    target: ts.ScriptTarget.ESNext,
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
  };
  const nodeTypes = require.resolve("@types/node/package.json").replace(/package\.json$/, "index.d.ts");
  const byName = new Map(sources.map((source) => [source.fileName, source]));
  // Whoever's it is: there are no library files here.
  const host = compilerHost({ kind: "own", ts }, options);
  return ts.createProgram({
    rootNames: [...byName.keys(), nodeTypes],
    options,
    host: {
      ...host,
      getSourceFile: (name, ...rest) => byName.get(name) ?? host.getSourceFile(name, ...rest),
      resolveModuleNameLiterals: (literals) => literals.map(() => ({ resolvedModule: undefined })),
    },
  });
}

/** What a file would rewrite or report, by the name that it has for whoever reads of it. */
export function planSites(
  ts: TypeScript,
  { file, rewrites, findings }: FilePlan,
  within: string,
): FoundSite[] {
  const at = (position: number): Pick<FoundSite, "file" | "line" | "column"> => {
    const { line, character } = file.getLineAndCharacterOfPosition(position);
    return { file: within, line: line + 1, column: character + 1 };
  };
  const rewritten = rewrites
    .filter(({ to }) => !opensNothing.has(to))
    .map(({ name, to }): FoundSite => ({
      ...at(name.getStart(file)),
      text: subjectOf(ts, file, name),
      becomes: to,
      severity: "warning",
    }));
  const reported = findings
    .map((finding) => locate(ts, file, finding))
    // Suppressions are their author's concern; they suppress nothing here.
    .filter(({ code }) => !code.startsWith("SOCKS11"))
    .map(({ code, severity, subject, start }): FoundSite => ({
      ...at(start),
      text: subject,
      code,
      severity,
    }));
  return [...rewritten, ...reported];
}

/** What tells of machine code without a call of Node's: `require("./x.node")`, and what builds it. */
function addonSites({ addons, folders: [folder] }: Reached): FoundSite[] {
  const native = { code: "SOCKS1013", severity: "warning" } as const;
  const isBuilt = folder !== undefined && existsSync(join(folder, "binding.gyp"));
  return [
    ...(isBuilt ? [{ file: "binding.gyp", line: 1, column: 1, text: "binding.gyp", ...native }] : []),
    ...addons.map(({ specifier, ...at }) => ({ ...at, text: specifier, ...native })),
  ];
}

function byPlace(a: Site, b: Site): number {
  if (a.file !== b.file) return a.file < b.file ? -1 : 1;
  return a.line - b.line || a.column - b.column;
}
