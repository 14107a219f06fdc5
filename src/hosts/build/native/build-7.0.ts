import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";
import { InputError } from "../../../project/input-error.js";
import { withSlashes } from "../../../project/slashes.js";
import { startTypeScript70 } from "../../../resolvers/typescript-7.0.js";
import type { EditedText } from "../edited.js";
import { settingsOf } from "../settings.js";
import { composeInlineMap, composeMap, relocateInlineMap, relocateMap } from "../source-map.js";
import type { InstalledTypeScript } from "../typescript.js";
import { analyse, type Analysis } from "./analyse.js";
import { ATTEMPTS, compileBesideStock, type Supplement } from "./beside-stock.js";
import { project, without } from "./command-line.js";
import { withExtended } from "./config-file.js";
import { callErrors, isError, overwrites, refusals, type NativeDiagnostic } from "./diagnostics.js";
import { formatDiagnostics } from "./format.js";
import { outputFolders } from "./incremental.js";
import { Exit, leftToStock, type NativeBuild, type Run, type Write } from "./native-build.js";
import { namesFiles, projectOutline, type ProjectOutline } from "./outline.js";
import { linksTo } from "./linked-packages.js";
import { isPretty } from "./pretty.js";
import { commonFolder, Shadow } from "./shadow.js";
import { runQuietly, runStock, type ResolvedConfig } from "./stock.js";
import { isChangedSince, sourcesAmong, Survivors } from "./survivors.js";

/**
 * `tsc` of TypeScript 7.0, which can't be told to emit other texts than the disk has. It runs twice: on the user's
 * own files for diagnostics and declarations, and on a shadow of their folder for JavaScript.
 */
export class Build70 implements NativeBuild<ProjectOutline> {
  private readonly survivors = new Survivors();

  constructor(
    private readonly typescript: InstalledTypeScript,
    private readonly args: readonly string[],
    private readonly directory: string,
    private readonly write: Write,
    private readonly isWatching: boolean,
  ) {}

  outline(): ProjectOutline | undefined {
    const { typescript, args, directory } = this;
    if (namesFiles(args))
      throw new InputError(
        "TypeScript 7.0 can't be asked about files without a project: name them in a tsconfig.json, or use TypeScript 7.1",
      );
    return projectOutline(typescript, args, directory);
  }

  async run(_changed: readonly string[] = [], outline = this.outline()): Promise<Run> {
    const { typescript, args, directory, write, survivors } = this;
    if (!outline) return leftToStock(runStock(typescript, args, directory));
    if (!this.isWatching) {
      const supplement = (): Supplement => this.supplement(outline);
      const run = await compileBesideStock(outline, {
        typescript,
        args,
        directory,
        write,
        survivors,
        supplement,
      });
      if (run === "changed")
        throw new InputError("the sources keep changing while they are compiled; nothing was emitted");
      if (run) return run;
    }
    for (let left = ATTEMPTS; left > 0; left--) {
      const begin = Date.now();
      const run = this.compile(outline);
      // What is watched is compiled again by itself.
      if (this.isWatching) return run;
      const sources = sourcesAmong(run.inputs, outline.roots);
      if (!sources.some((source) => isChangedSince(source, begin))) return run;
    }
    throw new InputError(
      "the sources keep changing while they are compiled, and what was emitted may dial directly: build again",
    );
  }

  private compile(outline: ProjectOutline): Run {
    const survey = this.survey(outline);
    try {
      return this.emit(outline, survey);
    } finally {
      survey.shadow?.remove();
    }
  }

  private supplement(outline: ProjectOutline): Supplement {
    const { config, options, resolved } = outline;
    const { typescript, args, directory } = this;
    const { inputs, findings, edited, shadow } = this.survey(outline);
    try {
      const isEmitting = shadow !== undefined && !options.noEmit && !options.emitDeclarationOnly;
      const javascript = isEmitting
        ? bySource(
            javascriptOf(typescript, args, directory, {
              config: resolved,
              configFile: config,
              edited,
              shadow,
            }),
            [...edited.keys()],
            foldersOf(resolved, config),
          )
        : undefined;
      return { inputs, findings, javascript };
    } finally {
      shadow?.remove();
    }
  }

  /** What is to be said and done, and the shadow that it is to be done in. */
  private survey({ config: configFile, resolved, options, roots }: ProjectOutline): Survey {
    const { compilerOptions } = resolved;
    const { typescript, directory, survivors } = this;
    const compiler = startTypeScript70({ packageFolder: typescript.folder, directory });
    let shadow: Shadow | undefined;
    try {
      const begin = Date.now();
      const program = compiler.openProject(configFile);
      const { findings, edited } = analyse(
        program,
        roots,
        survivors,
        settingsOf(options.plugins, dirname(configFile)),
        begin,
      );
      const inputs = program.fileNames;
      if (edited.size === 0) return { inputs, findings, edited, shadow };
      const files = [...edited.keys()];
      const sources = sourcesAmong(inputs, roots);
      const links = compilerOptions["preserveSymlinks"] ? undefined : linksTo([...sources, configFile]);
      const places = [...(links ?? [])].flat().map((path) => join(path, "any"));
      shadow = new Shadow(
        commonFolder([configFile, ...files, rootFile(compilerOptions, configFile), ...places]),
        edited,
        links,
        sources,
      );
      if (compilerOptions.noCheck) return { inputs, findings, edited, shadow };
      const { inside, original } = shadow;
      const rewritten = compiler.openProject(inside(configFile));
      const found = rewritten.semanticErrors(files.map(inside)).map((each) => ({
        ...each,
        fileName: each.fileName && original(each.fileName),
      }));
      // Only then it matters which of them the user's own texts have.
      if (found.length > 0) findings.push(...callErrors(program.semanticErrors(files), found, edited));
      const all = [...new Set([...inputs, ...rewritten.fileNames.map(original)])];
      return { inputs: all, findings, edited, shadow };
    } catch (error) {
      shadow?.remove();
      throw error;
    } finally {
      compiler.close();
    }
  }

  private emit(outline: ProjectOutline, { inputs, findings, edited, shadow }: Survey): Run {
    const { typescript, args, directory } = this;
    const { config, options, resolved } = outline;
    const { noEmit, noEmitOnError, declaration, composite, emitDeclarationOnly, listEmittedFiles } = options;
    const hasJavaScript = !noEmit && !emitDeclarationOnly && shadow !== undefined;
    const errors = findings.filter(isError).length;
    const isRefused = errors > 0 && noEmitOnError === true && !noEmit;
    const isDeclaring = hasJavaScript && !isRefused && (declaration || composite);
    const limits = isDeclaring ? ["--emitDeclarationOnly"] : hasJavaScript || isRefused ? ["--noEmit"] : [];
    const stock = runStock(typescript, [...args, ...limits], directory);
    const isEmitting = hasJavaScript && !isRefused && (stock === 0 || !noEmitOnError);
    const compiled = isEmitting
      ? javascriptOf(typescript, args, directory, { config: resolved, configFile: config, edited, shadow })
      : new Map<string, string>();
    const known = new Set(inputs.map((input) => withSlashes(input)));
    // The shadow is not where the compiler would see it.
    const overwriting = [...compiled.keys()].filter((path) => known.has(withSlashes(path)));
    const texts = new Map([...compiled].filter(([path]) => !overwriting.includes(path)));
    const refused = write(texts);
    const javascript = [...texts.keys()].filter((path) => !refused.has(path));
    if (listEmittedFiles) for (const path of javascript) this.write(`TSFILE: ${path}\n`);
    const ours = [...overwrites(overwriting), ...refusals(refused), ...findings];
    this.write(formatDiagnostics(ours, directory, isPretty(options.pretty)));
    const home = dirname(config);
    return {
      code:
        overwriting.length > 0
          ? Exit.OutputsSkipped
          : codeOf({ stock, isEmitting, isRefused, hasFindings: errors + refused.size > 0 }),
      errors: errors + overwriting.length + refused.size + (stock === 0 ? 0 : 1),
      folders: [commonFolder([config, ...outline.roots])],
      outputs: outputFolders(options, home),
      inputs: [...withExtended(config), ...inputs],
      emitted: [...new Set([...javascript, ...outputsOf(inputs, outline)])],
      warnings: findings.filter((each) => !isError(each)),
    };
  }
}

/** What is there of the files that the sources of a project are compiled to: the compiler does not tell what it wrote. */
function outputsOf(
  inputs: readonly string[],
  { config, options, resolved, roots }: ProjectOutline,
): string[] {
  const home = dirname(config);
  const rootDir = dirname(rootFile(resolved.compilerOptions, config));
  const folders = [options.outDir, options.declarationDir].map((folder) => resolve(home, folder ?? rootDir));
  return sourcesAmong(inputs, roots)
    .filter((input) => input.startsWith(rootDir + sep))
    .flatMap((input) => {
      const stem = relative(rootDir, input).replace(/\.[cm]?[jt]sx?$/, "");
      return folders.flatMap((folder) =>
        [".js", ".mjs", ".cjs", ".jsx", ".d.ts", ".d.mts", ".d.cts"].map((end) => join(folder, stem + end)),
      );
    })
    .filter((output) => !inputs.includes(output) && existsSync(output));
}

interface Survey {
  /** Absolute paths of all files of the program. */
  readonly inputs: readonly string[];
  readonly findings: NativeDiagnostic[];
  readonly edited: Analysis["edited"];
  /** Undefined where no text is edited. */
  readonly shadow: Shadow | undefined;
}

interface Outcome {
  /** What the compiler said of the user's own files. */
  readonly stock: number;
  readonly isEmitting: boolean;
  readonly isRefused: boolean;
  readonly hasFindings: boolean;
}

/** 1: errors, nothing emitted. 2: errors, emitted. That the first run emitted no JavaScript is our doing. */
function codeOf({ stock, isEmitting, isRefused, hasFindings }: Outcome): number {
  if (isRefused) return 1;
  if (isEmitting && stock === 1) return 2;
  return hasFindings && stock === 0 ? 2 : stock;
}

/** A file at the root of the sources, which output folders mirror. */
function rootFile({ rootDir }: ResolvedConfig["compilerOptions"], configFile: string): string {
  return resolve(dirname(configFile), typeof rootDir === "string" ? rootDir : ".", "any.ts");
}

interface Emission {
  readonly config: ResolvedConfig;
  readonly configFile: string;
  readonly edited: ReadonlyMap<string, EditedText>;
  readonly shadow: Shadow;
}

/** Where a project's sources are, and where its JavaScript goes. */
interface Folders {
  readonly rootDir: string;
  readonly target: string;
}

function foldersOf({ compilerOptions }: ResolvedConfig, configFile: string): Folders {
  const rootDir = dirname(rootFile(compilerOptions, configFile));
  const { outDir } = compilerOptions;
  return {
    rootDir,
    target: typeof outDir === "string" ? resolve(dirname(configFile), outDir) : rootDir,
  };
}

/** Outputs by the sources that they are compiled from; those of other sources are left out. */
function bySource(
  outputs: ReadonlyMap<string, string>,
  sources: readonly string[],
  { rootDir, target }: Folders,
): Supplement["javascript"] {
  const stemOf = (path: string): string => path.replace(/\.[cm]?[jt]sx?(?:\.map)?$/, "");
  const ofStem = new Map<string, Map<string, string>>();
  for (const [path, text] of outputs) {
    const stem = stemOf(path);
    ofStem.set(stem, (ofStem.get(stem) ?? new Map()).set(path, text));
  }
  return new Map(
    sources.map((source) => [
      source,
      ofStem.get(join(target, stemOf(relative(rootDir, source)))) ?? new Map<string, string>(),
    ]),
  );
}

/** The JavaScript of the whole project, compiled in the shadow: text by the path where it belongs. */
function javascriptOf(
  typescript: InstalledTypeScript,
  args: readonly string[],
  directory: string,
  { config, configFile, edited, shadow }: Emission,
): ReadonlyMap<string, string> {
  const { compilerOptions } = config;
  const { rootDir, target } = foldersOf(config, configFile);
  const staging = join(shadow.folder, ".tsocksify-out");
  const { output } = runQuietly(
    typescript,
    [
      ...["-p", shadow.inside(configFile), ...without(args, project)],
      ...["--outDir", staging, "--rootDir", shadow.inside(rootDir)],
      ...["--noCheck", "--declaration", "false", "--declarationMap", "false", "--composite", "false"],
      ...["--incremental", "false", "--noEmitOnError", "false", "--noEmit", "false", "--pretty", "false"],
    ],
    directory,
  );
  if (!existsSync(staging))
    throw new Error(`TypeScript 7.0 emitted nothing of the rewritten files of ${configFile}:\n${output}`);
  const isRooted = compilerOptions.sourceRoot !== undefined || compilerOptions.mapRoot !== undefined;
  return new Map(
    filesIn(staging).map((from) => {
      const to = join(target, relative(staging, from));
      const text = readFileSync(from, "utf8");
      return [to, textFor(text, from, to, shadow, edited, isRooted ? rootDir : undefined)];
    }),
  );
}

/** @returns why some could not be written, by path */
function write(texts: ReadonlyMap<string, string>): ReadonlyMap<string, unknown> {
  const refused = new Map<string, unknown>();
  for (const [path, text] of texts)
    try {
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, text);
    } catch (error) {
      refused.set(path, error);
    }
  return refused;
}

/**
 * An output, with its map leading from where it will be to the user's own files.
 *
 * @param rootDir where the options `sourceRoot` and `mapRoot` make the map name its sources from there, which it does
 *   in the shadow as it does in the folder
 */
function textFor(
  text: string,
  from: string,
  to: string,
  shadow: Shadow,
  edited: ReadonlyMap<string, EditedText>,
  rootDir: string | undefined,
): string {
  const move = (source: string): string => {
    if (rootDir !== undefined) return source;
    const path = shadow.original(resolve(dirname(from), source));
    return relative(dirname(to), path).split(sep).join("/");
  };
  const editedOf = (source: string): EditedText | undefined =>
    edited.get(resolve(rootDir ?? dirname(to), source));
  return from.endsWith(".map")
    ? composeMap(relocateMap(text, move), editedOf)
    : composeInlineMap(relocateInlineMap(text, move), editedOf);
}

function filesIn(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}
