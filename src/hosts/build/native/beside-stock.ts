import { resolve } from "node:path";
import { withSlashes } from "../../../project/slashes.js";
import { settingsOf } from "../settings.js";
import type { InstalledTypeScript } from "../typescript.js";
import { withExtended } from "./config-file.js";
import { isError, refusals, sorted, type NativeDiagnostic } from "./diagnostics.js";
import { outputFolders } from "./incremental.js";
import { Exit, homeOf, type Outline, type Run, type Write } from "./native-build.js";
import { isTelling } from "./options.js";
import { isPretty } from "./pretty.js";
import { commonFolder } from "./shadow.js";
import { Stage } from "./stage.js";
import { startStock } from "./stock.js";
import { isChangedSince, sourcesAmong, type Survivors } from "./survivors.js";
import { together, toldOf, type Told } from "./told.js";

/** What is to be added to what the compiler's command line makes of a project. */
export interface Supplement {
  /** Absolute paths of all files of the program. */
  readonly inputs: readonly string[];
  /** Findings, and what the checker says of rewritten calls. */
  readonly findings: readonly NativeDiagnostic[];
  /**
   * What is compiled from edited texts, by source: text by the path where `tsc` writes it. Undefined where no
   * JavaScript is wanted.
   */
  readonly javascript: ReadonlyMap<string, ReadonlyMap<string, string>> | undefined;
}

/** How often everything is done again since a source was changed meanwhile. */
export const ATTEMPTS = 3;

export interface BesideStock {
  readonly typescript: InstalledTypeScript;
  readonly args: readonly string[];
  readonly directory: string;
  readonly write: Write;
  readonly survivors: Survivors;
  /** Opens the project by the compiler's API; called only where a file may matter. */
  supplement(): Supplement;
}

/**
 * Compiles by the compiler's own command line, which says and writes everything as it always does, while its API is
 * asked what touches sockets. What it writes is seen only when that is known, with the rewritten files in the place of
 * those that it has written.
 *
 * @returns undefined where that can't be done, or the two have not seen the same; `changed` where sources keep changing.
 *   Nothing is said or written then
 */
export async function compileBesideStock(
  outline: Outline,
  tools: BesideStock,
): Promise<Run | "changed" | undefined> {
  if (isTelling(outline.options)) return undefined;
  for (let left = ATTEMPTS; left > 0; left--) {
    const run = await attempt(outline, tools);
    if (run !== "changed") return run;
  }
  return "changed";
}

async function attempt(outline: Outline, tools: BesideStock): Promise<Run | "changed" | undefined> {
  const { typescript, args, directory, survivors, supplement } = tools;
  const { options, roots } = outline;
  const stage = options.noEmit ? undefined : Stage.of(outline, directory);
  if (!stage && !options.noEmit) return undefined;
  const { modules } = settingsOf(options.plugins, homeOf(outline, directory));
  const begin = Date.now();
  const limits = [...(stage?.argumentsFor(outline) ?? []), ...["--pretty", `${isPretty(options.pretty)}`]];
  const stock = startStock(typescript, [...args, ...limits, "--listFiles"], directory);
  try {
    let found =
      survivors.of(sourcesAmong(roots, roots), modules, begin).length > 0 ? supplement() : undefined;
    const { code, output } = await stock.outcome;
    const told = toldOf(stage ? stage.real(output) : output, directory);
    const inputs = told.lists.filter(isInput).map((line) => line.trimEnd());
    const sources = sourcesAmong(inputs, roots);
    if (sources.length === 0 && stage?.isEmpty === false) return undefined;
    if (survivors.of(sources, modules, begin).length > 0) found ??= supplement();
    if (sources.some((source) => isChangedSince(source, begin))) return "changed";
    if (found && !hasAll(found.inputs, sources)) return undefined;
    if (inputs.some((input) => stage?.isOutput(input))) return undefined;
    return finish(outline, { code, told, inputs, sources, found: found ?? nothing, stage }, tools);
  } finally {
    stock.stop();
    stage?.remove();
  }
}

const nothing: Supplement = { inputs: [], findings: [], javascript: undefined };
const nothingPublished = { files: [], refused: new Map<string, unknown>() };

interface Attempt {
  /** The exit code of the compiler's command line. */
  readonly code: number;
  readonly told: Told;
  readonly inputs: readonly string[];
  /** Those that are compiled. */
  readonly sources: readonly string[];
  readonly found: Supplement;
  readonly stage: Stage | undefined;
}

function finish(
  outline: Outline,
  { code, told, inputs, sources, found, stage }: Attempt,
  { directory, write }: BesideStock,
): Run {
  const { config, options, roots } = outline;
  const compiled = new Set(inputs.map((input) => withSlashes(input)));
  // The API of 7.0 sees the sources of referenced projects, too.
  const ours = sorted(
    found.findings.filter(({ fileName }) => fileName === undefined || compiled.has(withSlashes(fileName))),
  );
  const isRefused = options.noEmitOnError === true && ours.some(isError);
  const isEmitting = stage?.isEmpty === false && !isRefused;
  if (isEmitting)
    for (const [source, outputs] of found.javascript ?? [])
      if (compiled.has(withSlashes(source))) replaceAll(stage, source, outputs);
  const { files: emitted, refused } = isEmitting ? stage.publish() : nothingPublished;
  const isListed = (line: string): boolean =>
    isOutput(line)
      ? isEmitting && !refused.has(resolve(line.slice(output.length).trimEnd()))
      : options.listFiles === true || !isInput(line);
  const said = { ...told, lists: told.lists.filter(isListed) };
  const own = [...refusals(refused), ...ours];
  write(together(said, own, directory, isPretty(options.pretty)));
  const errors = [...told.diagnostics, ...own].filter(isError).length;
  const configs = config === undefined ? [] : withExtended(config);
  return {
    code: isRefused ? Exit.OutputsSkipped : code === 0 && errors > 0 ? Exit.OutputsGenerated : code,
    errors,
    folders: [commonFolder([...sources, ...roots, ...configs.slice(0, 1)])],
    outputs: outputFolders(options, homeOf(outline, directory)),
    inputs: [...configs, ...new Set([...inputs, ...found.inputs])],
    emitted,
    warnings: ours.filter((each) => !isError(each)),
  };
}

function replaceAll(stage: Stage, source: string, outputs: ReadonlyMap<string, string>): void {
  if (outputs.size === 0) throw new Error(`The API of tsc emits nothing of ${source}, which is rewritten`);
  for (const [path, text] of outputs) stage.replace(path, text);
}

/** What comes before the path of a file that was written. */
const output = "TSFILE: ";

function isOutput(line: string): boolean {
  return line.startsWith(output);
}

/** The path of a file of the program. */
function isInput(line: string): boolean {
  return /^(?:[A-Za-z]:)?[\\/]|^[a-z]+:\/\/\//.test(line);
}

function hasAll(files: readonly string[], wanted: readonly string[]): boolean {
  const known = new Set(files.map((file) => withSlashes(file)));
  return wanted.every((file) => known.has(withSlashes(file)));
}
