import type ts from "typescript";
import type { TypeScript } from "../../../engine/index.js";
import { analyse } from "../../tspatch/analyse.js";
import { folderOf } from "../../tspatch/config.js";
import { diagnosticsOf } from "../../tspatch/diagnostics.js";
import { writeReport } from "../../tspatch/report-file.js";
import { settingsOf } from "../settings.js";
import { stampOf } from "../stamp.js";
import { checkCalls } from "./calls.js";
import { commandLineOf } from "./command-line.js";
import { emit, projectOf } from "./emit.js";
import { format } from "./format.js";
import { Outputs } from "./outputs.js";
import { refusals } from "./refusals.js";

/**
 * `tsc` of TypeScript 5 and 6 in this process: its own command line over a file system that holds the JavaScript
 * back until the files that touch sockets have been emitted anew, rewritten.
 *
 * @param folder of the package `typescript`
 * @returns the exit code; never, when watching
 */
export function buildInProcess(ts: TypeScript, folder: string, args: readonly string[]): Promise<number> {
  return new Promise((resolve) => {
    const outputs = new Outputs(ts.sys, (folder) =>
      // What the plugin's entry says, the compiler sees change.
      stampOf({ typescript: ts.version, settings: settingsOf(undefined, folder) }),
    );
    let failure: ts.ExitStatus = 0;
    const release = (options: ts.CompilerOptions): void => {
      const refused = outputs.release();
      if (refused.size === 0) return;
      failure = ts.ExitStatus.DiagnosticsPresent_OutputsGenerated;
      say(ts, refusals(ts, refused), options, system);
    };
    const system: ts.System = {
      ...ts.sys,
      args: [...args],
      readFile: (path, encoding) => outputs.read(path, encoding),
      writeFile: (path, text, byteOrderMark) => outputs.write(path, text, byteOrderMark),
      exit(code = 0) {
        release({});
        resolve(code === 0 ? failure : code);
        return undefined as never;
      },
    };
    const done = (compiled: ts.Program | ts.BuilderProgram | ts.ParsedCommandLine): void => {
      if (!("getSourceFiles" in compiled)) return;
      const program = "getProgram" in compiled ? compiled.getProgram() : compiled;
      if (rewrite(ts, program, outputs, system))
        failure = program.getCompilerOptions().noEmitOnError
          ? ts.ExitStatus.DiagnosticsPresent_OutputsSkipped
          : ts.ExitStatus.DiagnosticsPresent_OutputsGenerated;
      release(program.getCompilerOptions());
    };
    try {
      commandLineOf(ts, folder)(system, done, args);
    } catch (error) {
      outputs.discard();
      throw error;
    }
  });
}

/** @returns whether there are errors */
function rewrite(ts: TypeScript, program: ts.Program, outputs: Outputs, system: ts.System): boolean {
  const options = program.getCompilerOptions();
  const project = projectOf(ts, options);
  const settings = settingsOf(options.plugins, folderOf(program));
  const plans = analyse(ts, program, settings);
  const diagnostics = [
    ...diagnosticsOf(ts, [...plans.values()]),
    ...(options.noCheck ? [] : checkCalls(ts, program, plans.values())),
  ];
  say(ts, diagnostics, options, system);
  if (settings.report !== undefined) writeReport(ts, program, [...plans.values()], settings.report);
  const failed = diagnostics.some(({ category }) => category === ts.DiagnosticCategory.Error);
  if (failed && options.noEmitOnError) outputs.discard(project);
  else emit(ts, program, plans, outputs, project);
  // The next run has to find these errors again.
  if (failed) outputs.discardBuildInfo();
  return failed;
}

function say(
  ts: TypeScript,
  diagnostics: readonly ts.Diagnostic[],
  options: ts.CompilerOptions,
  system: ts.System,
): void {
  const pretty =
    options.pretty === undefined ? system.writeOutputIsTTY?.() === true : options.pretty === true;
  system.write(format(ts, diagnostics, pretty));
}
