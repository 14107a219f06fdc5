import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";
import { startTypeScript70 } from "../../../resolvers/typescript-7.0.js";
import type { EditedText } from "../edited.js";
import { settingsOf } from "../settings.js";
import { composeInlineMap, composeMap, relocateInlineMap, relocateMap } from "../source-map.js";
import type { InstalledTypeScript } from "../typescript.js";
import { analyse, type Analysis } from "./analyse.js";
import { configOf } from "./config-file.js";
import { callErrors, ERROR, findingsOf, type NativeDiagnostic } from "./diagnostics.js";
import { formatDiagnostics } from "./format.js";
import type { NativeBuild, Run, Write } from "./native-build.js";
import { isPretty } from "./pretty.js";
import { commonFolder, Shadow } from "./shadow.js";
import { runQuietly, runStock, showConfig, type ResolvedConfig } from "./stock.js";
import { Survivors } from "./survivors.js";

/**
 * `tsc` of TypeScript 7.0, which can't be told to emit other texts than the disk has. It runs twice: on the user's
 * own files for diagnostics and declarations, and on a shadow of their folder for JavaScript.
 */
export class Build70 implements NativeBuild {
  private readonly survivors = new Survivors();

  constructor(
    private readonly typescript: InstalledTypeScript,
    private readonly args: readonly string[],
    private readonly directory: string,
    private readonly write: Write,
  ) {}

  run(): Run {
    const { typescript, args, directory } = this;
    const config = showConfig(typescript, args, directory);
    const configFile = configOf(args, directory);
    if (!config || configFile === undefined || !existsSync(configFile))
      return { code: runStock(typescript, args, directory), errors: 1, folders: [], outputs: [] };
    const survey = this.survey(configFile, config);
    try {
      return this.emit(config, configFile, survey);
    } finally {
      survey.shadow?.remove();
    }
  }

  /** What is to be said and done, and the shadow that it is to be done in. */
  private survey(configFile: string, { compilerOptions }: ResolvedConfig): Survey {
    const { typescript, directory, survivors } = this;
    const compiler = startTypeScript70({ packageFolder: typescript.folder, directory });
    let shadow: Shadow | undefined;
    try {
      const program = compiler.openProject(configFile);
      const { plans, edited } = analyse(
        program,
        survivors,
        settingsOf(compilerOptions.plugins, dirname(configFile)),
      );
      const findings = findingsOf(program.ts, plans);
      if (edited.size === 0) return { findings, edited, shadow };
      const files = [...edited.keys()];
      shadow = new Shadow(
        commonFolder([configFile, ...files, rootFile(compilerOptions, configFile)]),
        edited,
      );
      if (compilerOptions.noCheck) return { findings, edited, shadow };
      const { inside, original } = shadow;
      const rewritten = compiler.openProject(inside(configFile)).semanticErrors(files.map(inside));
      const found = rewritten.map((each) => ({
        ...each,
        fileName: each.fileName && original(each.fileName),
      }));
      findings.push(...callErrors(program.semanticErrors(files), found, edited));
      return { findings, edited, shadow };
    } catch (error) {
      shadow?.remove();
      throw error;
    } finally {
      compiler.close();
    }
  }

  private emit(config: ResolvedConfig, configFile: string, { findings, edited, shadow }: Survey): Run {
    const { typescript, args, directory } = this;
    const { noEmit, noEmitOnError, declaration, composite, emitDeclarationOnly } = config.compilerOptions;
    const hasJavaScript = !noEmit && !emitDeclarationOnly && shadow !== undefined;
    const errors = findings.filter(({ category }) => category === ERROR).length;
    const isRefused = errors > 0 && noEmitOnError === true && !noEmit;
    const isDeclaring = hasJavaScript && !isRefused && (declaration || composite);
    const limits = isDeclaring ? ["--emitDeclarationOnly"] : hasJavaScript || isRefused ? ["--noEmit"] : [];
    const stock = runStock(typescript, [...args, ...limits], directory);
    const isEmitting = hasJavaScript && !isRefused && (stock === 0 || !noEmitOnError);
    if (isEmitting) emitJavaScript(typescript, args, directory, { config, configFile, edited, shadow });
    this.write(formatDiagnostics(findings, directory, isPretty(prettyOf(args))));
    const home = dirname(configFile);
    return {
      code: codeOf({ stock, isEmitting, isRefused, hasFindings: errors > 0 }),
      errors: errors + (stock === 0 ? 0 : 1),
      folders: [commonFolder([configFile, ...(config.files ?? []).map((file) => resolve(home, file))])],
      outputs: ["outDir", "declarationDir"].flatMap((name) => {
        const value = config.compilerOptions[name];
        return typeof value === "string" ? [resolve(home, value)] : [];
      }),
    };
  }
}

interface Survey {
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

function prettyOf(args: readonly string[]): boolean | undefined {
  const at = args.findIndex((arg) => /^--?pretty$/i.test(arg));
  return at < 0 ? undefined : args[at + 1] !== "false";
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

function emitJavaScript(
  typescript: InstalledTypeScript,
  args: readonly string[],
  directory: string,
  { config: { compilerOptions }, configFile, edited, shadow }: Emission,
): void {
  const rootDir = dirname(rootFile(compilerOptions, configFile));
  const { outDir } = compilerOptions;
  const target = typeof outDir === "string" ? resolve(dirname(configFile), outDir) : rootDir;
  const staging = join(shadow.folder, ".tsocksify-out");
  const { output } = runQuietly(
    typescript,
    [
      ...withProject(args, shadow.inside(configFile)),
      ...["--outDir", staging, "--rootDir", shadow.inside(rootDir)],
      ...["--noCheck", "--declaration", "false", "--declarationMap", "false", "--composite", "false"],
      ...["--incremental", "false", "--noEmitOnError", "false", "--noEmit", "false", "--pretty", "false"],
    ],
    directory,
  );
  if (!existsSync(staging))
    throw new Error(`TypeScript 7.0 emitted nothing of the rewritten files of ${configFile}:\n${output}`);
  for (const from of filesIn(staging)) {
    const to = join(target, relative(staging, from));
    const text = textFor(readFileSync(from, "utf8"), from, to, shadow, edited);
    mkdirSync(dirname(to), { recursive: true });
    writeFileSync(to, text);
  }
}

/** An output, with its map leading from where it will be to the user's own files. */
function textFor(
  text: string,
  from: string,
  to: string,
  shadow: Shadow,
  edited: ReadonlyMap<string, EditedText>,
): string {
  const move = (source: string): string => {
    const path = shadow.original(resolve(dirname(from), source));
    return relative(dirname(to), path).split(sep).join("/");
  };
  const editedOf = (source: string): EditedText | undefined => edited.get(resolve(dirname(to), source));
  return from.endsWith(".map")
    ? composeMap(relocateMap(text, move), editedOf)
    : composeInlineMap(relocateInlineMap(text, move), editedOf);
}

function withProject(args: readonly string[], configFile: string): string[] {
  const at = args.findIndex((arg) => /^--?(?:p|project)$/i.test(arg));
  const rest = at < 0 ? [...args] : [...args.slice(0, at), ...args.slice(at + 2)];
  return ["-p", configFile, ...rest];
}

function filesIn(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}
