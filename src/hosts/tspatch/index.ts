import type ts from "typescript";
import type { FilePlan, TypeScript } from "../../engine/index.js";
import { makerOf } from "../../project/maker.js";
import { analyse, hasTypes } from "./analyse.js";
import { folderOf, readConfig } from "./config.js";
import { diagnosticsOf, formatAll } from "./diagnostics.js";
import { withoutForeign } from "./foreign.js";
import { refuseToEmit } from "./refuse.js";
import { writeReport } from "./report-file.js";
import { rewriter } from "./rewriter.js";

/** What ts-patch and ttypescript hand to a plugin besides the program. */
export interface PluginExtras {
  readonly ts?: TypeScript;
  readonly addDiagnostic?: (diagnostic: ts.Diagnostic) => unknown;
  /** `tsc` in `tspc`, `typescript` where the compiler is used as a library. */
  readonly library?: string;
}

const reported = new WeakSet<ts.Program>();

/**
 * The plugin: `{ "transform": "tsocksify/transformer" }` under `compilerOptions.plugins` in tsconfig.json, for
 * ts-patch's `tspc` and for ttypescript. The same function serves whatever takes a `TransformerFactory`
 * (ts-loader, @rollup/plugin-typescript) and gives it a program.
 *
 * @param program the program that is being compiled, whose types decide what is a socket; or what gives the present one,
 *   for hosts that make a new one whenever a file changes (ts-loader's `getProgram`)
 * @param config the plugin's entry in tsconfig.json
 * @param extras the compiler's own namespace and where its diagnostics go. Without `addDiagnostic`, findings at
 *   error level are thrown: they never get lost.
 * @returns a factory for a `before` transformer
 * @throws Error on an unknown option, on a program without types, and on findings that nobody takes
 */
export default function tsocksify(
  program: ts.Program | (() => ts.Program),
  config: Readonly<Record<string, unknown>> = {},
  extras: PluginExtras = {},
): ts.TransformerFactory<ts.SourceFile> {
  if (typeof program === "function") return (context) => tsocksify(program(), config, extras)(context);
  const ts = extras.ts ?? namespaceOf(program);
  const options = readConfig(config, folderOf(program));
  if (!hasTypes(program))
    throw new Error(
      "tsocksify/transformer needs types to tell what is a socket, and this host transpiles file by file without them. Turn that off (ts-loader: transpileOnly), or compile with tspc.",
    );
  const plans = analyse(ts, program, options);
  if (!reported.has(program)) {
    reported.add(program);
    report(ts, program, [...plans.values()], extras);
    if (options.report !== undefined) writeReport(ts, program, [...plans.values()], options.report);
  }
  return withoutForeign(ts, program, options.modules, rewriter(ts, plans));
}

/** Hosts other than ts-patch don't say which TypeScript they have. */
function namespaceOf(program: ts.Program): TypeScript {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- the likeliest one, wherever it is
  const likely = require("typescript") as TypeScript;
  const [file] = program.getSourceFiles();
  return file ? makerOf(file, likely) : likely;
}

/** Errors go where the compiler's own go. Warnings are printed: any diagnostic, whatever its category, fails `tsc`. */
function report(ts: TypeScript, program: ts.Program, plans: readonly FilePlan[], extras: PluginExtras): void {
  const diagnostics = diagnosticsOf(ts, plans);
  const errors = diagnostics.filter(({ category }) => category === ts.DiagnosticCategory.Error);
  const warnings = diagnostics.filter(({ category }) => category !== ts.DiagnosticCategory.Error);
  process.stderr.write(formatAll(ts, program, warnings));
  if (errors.length === 0) return;
  const { noEmitOnError, watch } = program.getCompilerOptions();
  if (noEmitOnError && !watch) refuseToEmit(ts, program, errors, extras.library);
  if (!extras.addDiagnostic)
    throw new Error(`tsocksify: this program can't be SOCKSified\n${formatAll(ts, program, errors)}`);
  for (const error of errors) extras.addDiagnostic(error);
}
