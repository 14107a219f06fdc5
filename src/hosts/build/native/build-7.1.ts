import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import {
  Builder71,
  type CommandLine71,
  type Compilation71,
  type Diagnostic71,
} from "../../../resolvers/typescript-7.1.js";
import { settingsOf } from "../settings.js";
import { composeInlineMap, composeMap } from "../source-map.js";
import type { InstalledTypeScript } from "../typescript.js";
import { analyse, type Analysis } from "./analyse.js";
import { configAt, nearestConfig } from "./config-file.js";
import { callErrors, ERROR, findingsOf, sorted } from "./diagnostics.js";
import type { NativeBuild, Run, Write } from "./native-build.js";
import { flagsOf, type Flags, type Options } from "./options.js";
import { isPretty } from "./pretty.js";
import { commonFolder } from "./shadow.js";
import { runStock } from "./stock.js";
import { summaryOf } from "./summary.js";
import { Survivors } from "./survivors.js";

/** As of `tsc`. */
const enum Exit {
  Success = 0,
  OutputsSkipped = 1,
  OutputsGenerated = 2,
}

/**
 * `tsc` of TypeScript 7.1 through its API. Two programs share their unchanged files: the user's own, from which
 * diagnostics and declarations come, and the edited one, which only JavaScript comes from.
 */
export class Build71 implements NativeBuild {
  private readonly survivors = new Survivors();
  private latest: Compilation71 | undefined;

  /** @param builder a running compiler, which several builds may share */
  constructor(
    private readonly typescript: InstalledTypeScript,
    private readonly builder: Builder71,
    private readonly args: readonly string[],
    private readonly directory: string,
    private readonly write: Write,
  ) {}

  run(changed: readonly string[] = []): Run {
    const { builder, directory } = this;
    const commandLine = builder.parseCommandLine(this.args);
    const flags = (commandLine.raw ?? {}) as Flags;
    const path = configOf(commandLine, directory);
    // Nothing to compile, or nothing that can be: the compiler's own command line says so, and emits nothing.
    if (commandLine.errors.length > 0 || path === "none")
      return { code: runStock(this.typescript, this.args, directory), errors: 1, folders: [], outputs: [] };
    const config = path === undefined ? undefined : builder.parseConfigFile(path);
    const written = (config?.raw as { compilerOptions?: Flags } | undefined)?.compilerOptions;
    const options = { ...flagsOf(written), ...config?.options, ...flagsOf(flags), ...commandLine.options };
    const roots = config ? config.fileNames : commandLine.fileNames;
    const {
      plugins: _,
      pretty: __,
      project: ___,
      ...compilerOptions
    } = options as Options & { project?: string };
    this.latest = this.latest
      ? this.latest.refreshed(roots, compilerOptions, changed)
      : builder.open(roots, compilerOptions, config);
    const { code, errors } = compile(
      builder,
      this.latest,
      this.survivors,
      options,
      { directory, folder: path === undefined ? directory : dirname(path) },
      this.write,
    );
    const own = this.latest.program.fileNames.filter(
      (name) => !/[\\/]node_modules[\\/]/.test(name) && !isLibrary(name),
    );
    const { outDir, declarationDir } = options as Options;
    return {
      code,
      errors,
      folders: [commonFolder([...own, ...(path === undefined ? [] : [path])])],
      outputs: [outDir, declarationDir].filter((folder) => folder !== undefined),
    };
  }
}

/** The compiler's own lib.*.d.ts, wherever it has them. */
function isLibrary(fileName: string): boolean {
  return /[\\/]lib\.[\w.]*d\.ts$/.test(fileName);
}

/** @returns the tsconfig.json to build, undefined for a list of files, `none` where there is nothing to build */
function configOf({ options, fileNames, raw }: CommandLine71, directory: string): string | undefined {
  const { ignoreConfig } = (raw ?? {}) as { ignoreConfig?: boolean };
  const nearest = nearestConfig(directory);
  if (fileNames.length > 0)
    return options.project === undefined && (nearest === undefined || ignoreConfig) ? undefined : "none";
  if (options.project === undefined) return nearest ?? "none";
  const path = configAt(directory, options.project);
  return existsSync(path) ? path : "none";
}

function compile(
  builder: Builder71,
  compilation: Compilation71,
  survivors: Survivors,
  options: Options,
  { directory, folder }: { readonly directory: string; readonly folder: string },
  write: Write,
): { code: number; errors: number } {
  const { plans, edited } = analyse(compilation.program, survivors, settingsOf(options.plugins, folder));
  const own = diagnosticsOf(compilation, options);
  const ours = findingsOf(compilation.program.ts, plans) as Diagnostic71[];
  const rewritten = edited.size > 0 ? rewrittenOf(compilation, edited, options) : undefined;
  if (rewritten && !options.noCheck && own.isChecked) {
    const errors = rewritten.semantic([...edited.keys()]);
    ours.push(...(callErrors(own.diagnostics, errors, edited) as Diagnostic71[]));
  }
  const before = [...own.diagnostics, ...ours];
  const isSkipped = options.noEmit || (options.noEmitOnError && before.some(isError));
  const emitted = isSkipped ? undefined : emit(compilation, rewritten, edited, options);
  const all = sorted([...before, ...(emitted?.diagnostics ?? [])]);
  const pretty = isPretty(options.pretty);
  write(builder.format(all, pretty));
  if (pretty) write(summaryOf(all, directory));
  if (options.listEmittedFiles) for (const path of emitted?.files ?? []) write(`TSFILE: ${path}\n`);
  if (options.listFiles) for (const path of compilation.program.fileNames) write(`${path}\n`);
  const errors = all.filter(isError).length;
  const failure = isSkipped && !options.noEmit ? Exit.OutputsSkipped : Exit.OutputsGenerated;
  return { code: errors > 0 ? failure : Exit.Success, errors };
}

function isError({ category }: Diagnostic71): boolean {
  return category === ERROR;
}

/** In the order in which `tsc` asks, stopping where it stops. */
function diagnosticsOf(
  compilation: Compilation71,
  options: Options,
): { diagnostics: Diagnostic71[]; isChecked: boolean } {
  const config = compilation.configFile();
  const diagnostics = [...config, ...compilation.syntactic()];
  if (diagnostics.length > config.length) return { diagnostics, isChecked: false };
  diagnostics.push(...compilation.ofProgram(), ...compilation.global());
  if (diagnostics.length > config.length) return { diagnostics, isChecked: false };
  diagnostics.push(...compilation.semantic());
  if (options.noEmit && (options.declaration || options.composite) && diagnostics.length === config.length)
    diagnostics.push(...compilation.declaration());
  return { diagnostics, isChecked: true };
}

/** Whether errors keep it from being emitted is decided here, by what the user's own text says. */
function rewrittenOf(
  compilation: Compilation71,
  edited: Analysis["edited"],
  options: Options,
): Compilation71 {
  const texts = new Map([...edited].map(([fileName, { text }]) => [fileName, text]));
  return compilation.withTexts(texts, { ...options, noEmitOnError: false });
}

function emit(
  own: Compilation71,
  rewritten: Compilation71 | undefined,
  edited: Analysis["edited"],
  options: Options,
): { diagnostics: readonly Diagnostic71[]; files: readonly string[] } {
  if (!rewritten || options.emitDeclarationOnly) {
    const { diagnostics, emittedFiles } = own.emit("all");
    return { diagnostics, files: emittedFiles };
  }
  const declares = options.declaration || options.composite;
  const declarations = declares ? own.emit("declarations") : { diagnostics: [], emittedFiles: [] };
  const javascript = rewritten.emit("javascript");
  composeMaps(rewritten, edited, options, new Set(javascript.emittedFiles));
  return {
    diagnostics: [...declarations.diagnostics, ...javascript.diagnostics],
    files: [...javascript.emittedFiles, ...declarations.emittedFiles],
  };
}

function composeMaps(
  rewritten: Compilation71,
  edited: Analysis["edited"],
  { sourceMap, inlineSourceMap }: Options,
  emitted: ReadonlySet<string>,
): void {
  if (!sourceMap && !inlineSourceMap) return;
  for (const [fileName, text] of edited)
    for (const path of rewritten.javascriptOf([fileName]).keys()) {
      if (!emitted.has(path)) continue;
      const output = readFileSync(path, "utf8");
      const composed = path.endsWith(".map")
        ? composeMap(output, () => text)
        : composeInlineMap(output, () => text);
      if (composed !== output) writeFileSync(path, composed);
    }
}
