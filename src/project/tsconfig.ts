import { existsSync, realpathSync, statSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import type ts from "typescript";
import { compilerFor, type Compiler } from "./compiler.js";
import { InputError } from "./input-error.js";
import { noInputs, type Config, type NativeConfigs } from "./native-config.js";
import { namer } from "./slashes.js";

/** A tsconfig.json, with what it extends. */
export interface Tsconfig {
  readonly path: string;
  readonly compiler: Compiler;
  readonly config: Config;
  /** Absolute paths of what says so: itself, what it extends, and the package.json of a package that it extends. */
  readonly inputs: readonly string[];
}

/**
 * Options of a newer TypeScript than the one that reads them; only where that one is ours, since the project's own
 * would stop at them too.
 */
const unknownOption = new Set([5023, 5024, 5025, 6046, 6044]);

/**
 * @param path an absolute path
 * @param natives are asked first, where there are any
 * @throws InputError where it does not exist, or says what no compiler accepts
 */
export function readTsconfig(path: string, cwd: string, natives?: NativeConfigs): Tsconfig {
  if (!existsSync(path)) throw new InputError(`no such file: ${relative(cwd, path) || path}`);
  const compiler = compilerFor(dirname(path));
  const [config, inputs] = natives?.read(compiler, path) ?? readInProcess(path, compiler, cwd);
  return { path, compiler, config, inputs };
}

/** What the compiler's namespace in this process makes of a tsconfig.json, whichever compiler has read it. */
export function commandLineOf({ path, compiler }: Pick<Tsconfig, "path" | "compiler">): ts.ParsedCommandLine {
  return readInProcess(path, compiler, dirname(path))[0];
}

function readInProcess(
  path: string,
  compiler: Compiler,
  cwd: string,
): [config: ts.ParsedCommandLine, inputs: string[]] {
  const { ts } = compiler;
  const errors: ts.Diagnostic[] = [];
  const inputs = new Set<string>();
  const host: ts.ParseConfigFileHost = {
    ...ts.sys,
    readFile(file: string, encoding?: string) {
      const text = ts.sys.readFile(file, encoding);
      if (text !== undefined) inputs.add(resolve(file));
      return text;
    },
    onUnRecoverableConfigFileDiagnostic: (diagnostic) => errors.push(diagnostic),
  };
  const config = ts.getParsedCommandLineOfConfigFile(path, {}, host);
  if (config) errors.push(...ts.getConfigFileParsingDiagnostics(config));
  const [error] = errors.filter(
    ({ code }) => !noInputs.has(code) && !(compiler.kind !== "own" && unknownOption.has(code)),
  );
  if (error || !config) throw new InputError(describe(ts, error, path, cwd));
  return [config, [...inputs]];
}

/**
 * A project and all that it references, each once.
 *
 * @param read see {@link readTsconfig}
 */
export function withReferences(path: string, read: (path: string) => Tsconfig): Tsconfig[] {
  const byPath = new Map<string, Tsconfig>();
  const add = (path: string): void => {
    if (byPath.has(path)) return;
    const tsconfig = read(path);
    byPath.set(path, tsconfig);
    for (const reference of tsconfig.config.projectReferences ?? []) add(tsconfigAt(reference.path));
  };
  add(path);
  return [...byPath.values()];
}

/** The tsconfig.json that `-p` or a reference means: the file itself, or the one in the folder. */
export function tsconfigAt(path: string): string {
  const isFolder = existsSync(path) && statSync(path).isDirectory();
  const file = isFolder ? join(path, "tsconfig.json") : path;
  return existsSync(file) ? realpathSync(file) : resolve(file);
}

function describe(ts: Compiler["ts"], error: ts.Diagnostic | undefined, path: string, cwd: string): string {
  const name = (file: string): string => namer(cwd)(file) || file;
  if (!error) return `${name(path)} can't be read`;
  const text = ts.flattenDiagnosticMessageText(error.messageText, " ");
  if (!error.file || error.start === undefined) return `${name(path)}: TS${error.code}: ${text}`;
  const { line, character } = error.file.getLineAndCharacterOfPosition(error.start);
  return `${name(error.file.fileName)}:${line + 1}:${character + 1}: TS${error.code}: ${text}`;
}
