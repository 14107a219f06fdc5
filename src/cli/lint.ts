import { resolve } from "node:path";
import { InvalidArgumentError } from "commander";
import { removeLitter } from "../hosts/codemod/litter.js";
import { baselineOf, readBaseline, withBaseline } from "../hosts/lint/baseline.js";
import { counted, lint, withDependencies, type LintRun } from "../hosts/lint/index.js";
import { InputError } from "../project/input-error.js";
import { findProjects, type Finds } from "../project/find.js";
import { namer } from "../project/slashes.js";
import { replaceFile } from "../project/replace-file.js";
import { reporters } from "../reporters/index.js";
import { explainLine } from "./explain.js";
import { helpText } from "./help-text.js";
import { listInputs, listInputsOption } from "./list-inputs.js";
import type { SetUp } from "./main.js";
import { outputsOf, write } from "./outputs.js";
import { Progress } from "./progress.js";
import {
  addSelection,
  refuseNothing,
  repeated,
  select,
  tellBinary,
  type Selected,
  type SelectionFlags,
} from "./selection.js";

interface LintFlags extends SelectionFlags {
  readonly reporter?: readonly string[];
  readonly output?: string;
  readonly maxWarnings?: number;
  readonly baseline?: string;
  readonly updateBaseline?: true;
  readonly explain?: string;
  readonly fix?: true;
  readonly listInputs?: true;
  readonly deps?: true;
}

const epilogue = `
Reporters:
${reporters.map(({ name, summary }) => `  ${name.padEnd(8)} ${summary}`).join("\n")}

A file belongs to the nearest tsconfig.json that has it; files that none has, and JavaScript without any, are looked
at all the same. What .gitignore leaves out is left out, and so is what a project compiles to, unless it is named.`;

/** `tsocksify lint`: the CI step. */
export const setUp: SetUp = (command, finish) => {
  addSelection(command)
    .option("--reporter <name[=file]>", "how to tell it, and where to; may be repeated", repeated)
    .option("--output <file>", "write to a file instead of standard output")
    .option("--max-warnings <n>", "exit with 1 on more warnings than that", wholeNumber)
    .option("--baseline <file>", "findings in this file are known, and don't count")
    .option("--update-baseline", "write the baseline anew, with all that is found now")
    .option("--deps", "tell too which packages open sockets of their own, and what can be done about it")
    .option("--explain <file:line>", "tell what is known of the call sites on a line")
    .option("--fix", "make the safe edits that mend findings, in all files or none; then tell what is left")
    .option(...listInputsOption)
    .addHelpText("after", helpText(epilogue))
    .action(async (paths: string[], flags: LintFlags) => finish(await run(paths, flags)));
};

async function run(paths: readonly string[], flags: LintFlags): Promise<number> {
  const selected = select(paths, flags);
  const { selection, config, path } = selected;
  const identityRoot = identityRootOf(selected, flags);
  const { cwd } = selection;
  const outputs = outputsOf(flags.reporter, flags.output);
  refuseTogether(flags);
  if (flags.explain !== undefined) return explainLine(flags.explain, selection, config);

  const progress = new Progress();
  progress.show("Looking for source files …");
  const finds = findProjects(selection);
  refuseNothing(finds, selection, flags);
  if (flags.listInputs) {
    const reach = flags.deps ? await (await followingImports()).reachFrom(finds, cwd) : undefined;
    const more = [path, baselineAt(selected, flags)].filter((each) => each !== undefined);
    progress.clear();
    return listInputs(finds, [...more, ...(reach?.inputs ?? [])], cwd);
  }
  if (flags.fix) removeLitter(finds.sources);
  const look = (at: Finds, fix?: boolean): LintRun =>
    lint(at, {
      ...config,
      cwd,
      root: identityRoot,
      fix,
      onProject: (name, index, count) => progress.show(`Reading types (${index + 1}/${count}): ${name} …`),
    });
  const first = look(finds, flags.fix);
  const isToFix = first.fixes.length > 0 && first.report.problems.length === 0;
  // Most runs write nothing, and need nothing that compares texts.
  if (isToFix) await (await import("./write-changes.js")).writeChanges(first.fixes);
  const left = isToFix ? findProjects(selection) : finds;
  const own = isToFix ? look(left) : first;
  if (flags.deps) progress.show("Following imports …");
  const all = flags.deps ? await withReached(own, left, cwd, identityRoot) : own;
  progress.clear();
  tellBinary(left, cwd);
  if (isToFix) process.stderr.write(`Edited: ${first.fixes.map(({ name }) => name).join(", ")}.\n`);

  const file = baselineAt(selected, flags);
  if (flags.updateBaseline && file === undefined)
    throw new InputError(
      "--update-baseline needs --baseline FILE, or the option baseline of the configuration",
    );
  // Of a file that can't be looked at, it would forget what is known.
  const isWhole = all.report.problems.length === 0;
  if (flags.updateBaseline && isWhole) replaceFile(file!, baselineOf(all.report));
  const isKnown = file !== undefined && (isWhole || !flags.updateBaseline);
  const known = isKnown ? readBaseline(file, namer(cwd)(file)) : undefined;
  const result = known ? { ...all, report: withBaseline(all.report, known) } : all;
  write(outputs, result);
  return exitCode(result, flags.maxWarnings ?? config.maxWarnings);
}

/** @throws InputError where one option would be passed over because of another */
function refuseTogether(flags: LintFlags): void {
  const only = flags.explain === undefined ? flags.listInputs && "list-inputs" : "explain";
  const [other] = (["fix", "reporter", "output"] as const).filter((name) => flags[name] !== undefined);
  if (!only || other === undefined) return;
  const names = other === "fix" ? [other, only] : [only, other];
  throw new InputError(`${names.map((name) => `--${name}`).join(" and ")} exclude each other`);
}

/** Absolute path of the file with what is known, if one is named. */
function baselineAt({ selection, config, root }: Selected, { baseline }: LintFlags): string | undefined {
  if (baseline !== undefined) return resolve(selection.cwd, baseline);
  return config.baseline === undefined ? undefined : resolve(root, config.baseline);
}

/** What fingerprints name files relative to: a configured baseline holds in every folder below its configuration. */
function identityRootOf({ selection, config, root }: Selected, { baseline }: LintFlags): string {
  return baseline === undefined && config.baseline !== undefined ? root : selection.cwd;
}

/** Loaded for `--deps` alone. */
const followingImports = () => import("../deps/index.js");

/** The same run, and what the packages do that the project's files reach. */
async function withReached(run: LintRun, finds: Finds, cwd: string, root: string): Promise<LintRun> {
  const { dependencies, findingsOf, reachFrom } = await followingImports();
  const reached = dependencies(await reachFrom(finds, cwd), cwd);
  return withDependencies(run, reached, findingsOf(reached, finds, cwd, namer(cwd), namer(root)), cwd);
}

function exitCode({ report }: LintRun, maxWarnings = Number.POSITIVE_INFINITY): number {
  const { errors, warnings } = counted(report);
  if (report.problems.length > 0) {
    const [{ file, line, column, message }] = report.problems as [(typeof report.problems)[number]];
    const more = report.problems.length - 1;
    const place = line === undefined ? file : `${file}:${line}:${column}`;
    process.stderr.write(`tsocksify: ${place}: ${message}${more > 0 ? ` (and ${more} more)` : ""}\n`);
    return 2;
  }
  if (warnings.length > maxWarnings)
    process.stderr.write(
      `tsocksify: ${warnings.length} warning${warnings.length === 1 ? "" : "s"}, and ${maxWarnings} are allowed\n`,
    );
  return errors.length > 0 || warnings.length > maxWarnings ? 1 : 0;
}

function wholeNumber(text: string): number {
  if (!/^\d+$/.test(text)) throw new InvalidArgumentError("A whole number is expected.");
  return Number(text);
}
