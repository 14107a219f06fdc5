import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import {
  Builder71,
  type CommandLine71,
  type Compilation71,
  type Diagnostic71,
} from "../../../resolvers/typescript-7.1.js";
import type { EditedText } from "../edited.js";
import { settingsOf } from "../settings.js";
import { composeInlineMap, composeMap } from "../source-map.js";
import type { InstalledTypeScript } from "../typescript.js";
import { analyse, type Analysis } from "./analyse.js";
import { compileBesideStock, type Supplement } from "./beside-stock.js";
import { configAt, configOf, isBroken, nearestConfig, withExtended } from "./config-file.js";
import { callErrors, isError, sorted } from "./diagnostics.js";
import { outputFolders } from "./incremental.js";
import {
  Exit,
  homeOf,
  leftToStock,
  type NativeBuild,
  type Outline,
  type Run,
  type Write,
} from "./native-build.js";
import { flagsIn, namesFiles, projectOutline } from "./outline.js";
import { flagsOf, isTelling, type Flags, type Options } from "./options.js";
import { isPretty } from "./pretty.js";
import { commonFolder } from "./shadow.js";
import { runStock } from "./stock.js";
import { summaryOf } from "./summary.js";
import { Survivors } from "./survivors.js";

/** A tsconfig.json as it is written, with what it extends. */
interface Raw {
  readonly files?: readonly string[];
  readonly include?: readonly string[];
  readonly exclude?: readonly string[];
}

interface Outline71 extends Outline {
  readonly parsed: CommandLine71 | undefined;
  /** As they are handed to the compiler. */
  readonly compilerOptions: object;
}

/**
 * `tsc` of TypeScript 7.1 through its API. Two programs share their unchanged files: the user's own, from which
 * diagnostics and declarations come, and the edited one, which only JavaScript comes from.
 */
export class Build71 implements NativeBuild {
  private readonly survivors = new Survivors();
  private latest: Compilation71 | undefined;

  /** @param compiler starts the compiler's API, which several builds may share, or tells the one that runs */
  constructor(
    private readonly typescript: InstalledTypeScript,
    private readonly compiler: () => Builder71,
    private readonly args: readonly string[],
    private readonly directory: string,
    private readonly write: Write,
    private readonly isWatching: boolean,
  ) {}

  /** Of a project by the compiler's command line, which costs less than the start of its API. */
  outline(): Outline | undefined {
    const { typescript, args, directory } = this;
    const config = namesFiles(args) ? undefined : configOf(args, directory);
    const isProject = config !== undefined && existsSync(config) && !isBroken(config);
    return isProject ? projectOutline(typescript, args, directory) : this.outlineByApi();
  }

  private outlineByApi(): Outline71 | undefined {
    const { directory } = this;
    const builder = this.compiler();
    const commandLine = builder.parseCommandLine(this.args);
    const flags = (commandLine.raw ?? {}) as Flags;
    const path = configOfCommandLine(commandLine, directory);
    // Nothing to compile, or nothing that can be: the compiler's own command line says so, and emits nothing.
    if (commandLine.errors.length > 0 || path === "none" || (path !== undefined && isBroken(path)))
      return undefined;
    const parsed = path === undefined ? undefined : builder.parseConfigFile(path);
    const raw = (parsed?.raw ?? {}) as Raw;
    const { files, include = files && [], exclude } = raw;
    const { project: _, ...options }: Options & { project?: string } = {
      ...parsed?.options,
      ...(path !== undefined && flagsIn(path)),
      ...flagsOf(flags),
      ...commandLine.options,
    };
    const { plugins, pretty: __, ...compilerOptions } = options;
    return {
      config: path,
      parsed,
      roots: parsed ? parsed.fileNames : commandLine.fileNames.map((name) => resolve(directory, name)),
      include,
      exclude,
      options,
      // As tsc, and unlike editors: what is referenced is its declaration files.
      compilerOptions: { ...compilerOptions, disableSourceOfProjectReferenceRedirect: true },
      circumstances: {
        version: this.typescript.version,
        settings: settingsOf(plugins, homeOf({ config: path }, directory)),
        references: parsed?.projectReferences,
      },
    };
  }

  async run(changed: readonly string[] = [], outline = this.outline()): Promise<Run> {
    const { directory, args, typescript, write, survivors } = this;
    if (!outline) return leftToStock(this.refused());
    if (!this.isWatching) {
      const supplement = (): Supplement => this.supplement();
      const run = await compileBesideStock(outline, {
        typescript,
        args,
        directory,
        write,
        survivors,
        supplement,
      });
      // The API has one text of each file, whatever it is.
      if (run && run !== "changed") return run;
    }
    const known = "compilerOptions" in outline ? (outline as Outline71) : this.outlineByApi();
    if (!known) return leftToStock(this.refused());
    const { config, parsed, roots, options, compilerOptions } = known;
    const builder = this.compiler();
    const begin = Date.now();
    this.latest = this.latest
      ? this.latest.refreshed(roots, compilerOptions, changed, parsed)
      : builder.open(roots, compilerOptions, parsed);
    const home = homeOf(known, directory);
    const compiled = compile(builder, this.latest, this.survivors, options, {
      roots,
      compilerOptions,
      directory,
      folder: home,
      begin,
      write,
      stock: (...more) => void runStock(typescript, [...args, ...more], directory),
    });
    const configs = config === undefined ? [] : withExtended(config);
    const own = this.latest.program.fileNames.filter(
      (name) => !/[\\/]node_modules[\\/]/.test(name) && !isLibrary(name),
    );
    return {
      ...compiled,
      folders: [commonFolder([...own, ...(config === undefined ? [] : [config])])],
      outputs: outputFolders(options, home),
      inputs: [...configs, ...compiled.inputs],
    };
  }

  private supplement(): Supplement {
    const outline = this.outlineByApi();
    if (!outline) throw new Error(`TypeScript 7.1 compiles what its API can't: ${this.args.join(" ")}`);
    const { parsed, roots, options, compilerOptions } = outline;
    const { directory, survivors } = this;
    const builder = this.compiler();
    const begin = Date.now();
    const own = builder.open(roots, compilerOptions, parsed);
    const settings = settingsOf(options.plugins, homeOf(outline, directory));
    const { findings, edited } = analyse(own.program, roots, survivors, settings, begin);
    if (edited.size === 0) return { inputs: own.program.fileNames, findings, javascript: undefined };
    const files = [...edited.keys()];
    const rewritten = rewrittenOf(own, edited, compilerOptions);
    const errors = options.noCheck || own.syntactic().length > 0 ? [] : rewritten.semantic(files);
    // Only then it matters which of them the user's own texts have.
    if (errors.length > 0) findings.push(...callErrors(own.semantic(files), errors, edited));
    return {
      inputs: [...new Set([...own.program.fileNames, ...rewritten.program.fileNames])],
      findings,
      javascript: options.noEmit || options.emitDeclarationOnly ? undefined : javascriptOf(rewritten, edited),
    };
  }

  /** The compiler's own command line says what is wrong. It emits in spite of a tsconfig.json that it can't read whole. */
  private refused(): number {
    const { typescript, args, directory } = this;
    const path = configOfCommandLine(this.compiler().parseCommandLine(args), directory);
    const isEmitting = path !== undefined && path !== "none" && isBroken(path);
    const code = runStock(typescript, isEmitting ? [...args, "--noEmit"] : args, directory);
    return isEmitting && code !== 0 ? Exit.OutputsSkipped : code;
  }
}

/** The compiler's own lib.*.d.ts, wherever it has them. */
function isLibrary(fileName: string): boolean {
  return /[\\/]lib\.[\w.]*d\.ts$/.test(fileName);
}

/** @returns the tsconfig.json to build, undefined for a list of files, `none` where there is nothing to build */
function configOfCommandLine(
  { options, fileNames, raw }: CommandLine71,
  directory: string,
): string | undefined {
  const { ignoreConfig } = (raw ?? {}) as { ignoreConfig?: boolean };
  const nearest = nearestConfig(directory);
  if (fileNames.length > 0)
    return options.project === undefined && (nearest === undefined || ignoreConfig) ? undefined : "none";
  if (options.project === undefined) return nearest ?? "none";
  const path = configAt(directory, options.project);
  return existsSync(path) ? path : "none";
}

interface Surroundings {
  /** Absolute paths. */
  readonly roots: readonly string[];
  readonly compilerOptions: object;
  readonly directory: string;
  /** Of the tsconfig.json. */
  readonly folder: string;
  /** When the compiler began to read, in milliseconds. */
  readonly begin: number;
  readonly write: Write;
  /** Lets the compiler's own command line speak, with more arguments. */
  stock(...more: string[]): void;
}

type Compiled = Pick<Run, "code" | "errors" | "inputs" | "emitted" | "warnings">;

function compile(
  builder: Builder71,
  compilation: Compilation71,
  survivors: Survivors,
  options: Options,
  { roots, compilerOptions, directory, folder, begin, write, stock }: Surroundings,
): Compiled {
  const { findings, edited } = analyse(
    compilation.program,
    roots,
    survivors,
    settingsOf(options.plugins, folder),
    begin,
  );
  const own = diagnosticsOf(compilation, options);
  const ours = findings as Diagnostic71[];
  const warnings = ours.filter((each) => !isError(each));
  const rewritten = edited.size > 0 ? rewrittenOf(compilation, edited, compilerOptions) : undefined;
  if (rewritten && !options.noCheck && own.isChecked) {
    const errors = rewritten.semantic([...edited.keys()]);
    ours.push(...(callErrors(own.diagnostics, errors, edited) as Diagnostic71[]));
  }
  const before = [...own.diagnostics, ...ours];
  const isSkipped = options.noEmit || (options.noEmitOnError && before.some(isError));
  const emitted = isSkipped ? undefined : emit(compilation, rewritten, edited, options);
  const all = sorted([...before, ...(emitted?.diagnostics ?? [])]);
  const pretty = isPretty(options.pretty);
  if (own.diagnostics.some(({ fileName }) => fileName === undefined)) {
    // The API does not know where in tsconfig.json they are. There is an error: nothing is emitted once more.
    stock("--noEmitOnError", "true");
    write(builder.format(sorted(ours), pretty));
  } else if (isTelling(options)) {
    stock("--noEmit", "true");
    write(builder.format(sorted(ours), pretty));
  } else {
    write(builder.format(all, pretty));
    if (pretty) write(summaryOf(all, directory));
    if (options.listEmittedFiles) for (const path of emitted?.files ?? []) write(`TSFILE: ${path}\n`);
    if (options.listFiles) for (const path of compilation.program.fileNames) write(`${path}\n`);
  }
  const errors = all.filter(isError).length;
  const failure = isSkipped && !options.noEmit ? Exit.OutputsSkipped : Exit.OutputsGenerated;
  const inputs = [...new Set([...compilation.program.fileNames, ...(rewritten?.program.fileNames ?? [])])];
  rewritten?.dispose();
  return {
    code: errors > 0 ? failure : Exit.Success,
    errors,
    inputs,
    emitted: emitted?.files ?? [],
    warnings,
  };
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
function rewrittenOf(compilation: Compilation71, edited: Analysis["edited"], options: object): Compilation71 {
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
    files: bySource(javascript.emittedFiles, declarations.emittedFiles, options),
  };
}

/** Each file's declarations behind its JavaScript, as one run of the compiler writes them. */
function bySource(
  javascript: readonly string[],
  declarations: readonly string[],
  { outDir, declarationDir = outDir }: Options,
): string[] {
  const stemOf = (path: string, folder = ""): string =>
    path.replace(/(?:\.d)?\.[cm]?[jt]sx?(?:\.map)?$/, "").slice(path.startsWith(folder) ? folder.length : 0);
  const files = new Map<string, string[]>();
  const add = (stem: string, path: string): void => void files.set(stem, [...(files.get(stem) ?? []), path]);
  for (const path of javascript) add(stemOf(path, outDir), path);
  for (const path of declarations) add(stemOf(path, declarationDir), path);
  return [...files.values()].flat();
}

function javascriptOf(rewritten: Compilation71, edited: Analysis["edited"]): Supplement["javascript"] {
  return new Map(
    [...edited].map(([source, text]) => [
      source,
      new Map(
        [...rewritten.javascriptOf([source])].map(([path, output]) => [path, composed(path, output, text)]),
      ),
    ]),
  );
}

function composed(path: string, output: string, text: EditedText): string {
  return path.endsWith(".map") ? composeMap(output, () => text) : composeInlineMap(output, () => text);
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
      const changed = composed(path, output, text);
      if (changed !== output) writeFileSync(path, changed);
    }
}
