import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, join } from "node:path";
import type * as sync from "typescript-7.1/sync" with { "resolution-mode": "import" };
import type * as fs from "typescript-7.1/fs" with { "resolution-mode": "import" };
import type { NativeChecker, NativeSymbol, NativeType, Node } from "./native/checker.js";
import { startInNativeEnvironment } from "./native/collector.js";
import type {
  DisposableProgram,
  NativeCompiler,
  NativeCompilerOptions,
  NativeProgram,
} from "./native/program.js";
import { nativeResolver } from "./native/resolver.js";
import { syntaxErrorsOf } from "./native/syntax-errors.js";
import { nativeFile, nativeSyntax, type NativeSyntax } from "./native/syntax.js";

/** The modules `typescript/sync`, `typescript/ast` and `typescript/fs` of TypeScript 7.1. */
interface Modules71 {
  readonly sync: typeof sync;
  readonly ast: NativeSyntax;
  readonly fs: typeof fs;
}

type AST = Parameters<sync.Checker["getSymbolOfNode"]>[0];

function loadTypeScript71(packageFolder: string): Modules71 {
  const require = createRequire(join(packageFolder, "package.json"));
  return {
    sync: require("typescript/sync") as typeof sync,
    ast: require("typescript/ast") as NativeSyntax,
    fs: require("typescript/fs") as typeof fs,
  };
}

/** TypeScript 7.1 through its API `typescript/sync`. */
export interface TypeScript71 extends NativeCompiler {
  parseConfigFile(path: string): CommandLine71;
  /** How many files all programs had that it was asked for. */
  fileCount(): number;
}

export function startTypeScript71({ packageFolder, directory }: NativeCompilerOptions): TypeScript71 {
  const native = loadTypeScript71(packageFolder);
  const api = startInNativeEnvironment(() => new native.sync.API({ cwd: directory }));
  let last: sync.Snapshot | undefined;
  /** Those that are given up once the next is there: files that no snapshot has, the compiler forgets. */
  const left = new Set<sync.Snapshot>();
  let fileCount = 0;
  const follow = (
    snapshot: sync.Snapshot,
    projectIn: (snapshot: sync.Snapshot) => sync.Project,
  ): DisposableProgram => {
    for (const each of left) each.dispose();
    left.clear();
    const program = programOf(native, api, snapshot, projectIn);
    fileCount += program.fileNames.length;
    return { ...program, dispose: () => left.add(snapshot) };
  };
  return {
    parseConfigFile: (path) => api.parseConfigFile(path),
    fileCount: () => fileCount,
    openProject(configFileName) {
      const snapshot = api.createSnapshot({ openProjects: [configFileName] });
      last = snapshot;
      return follow(snapshot, (each) => {
        const project = each.getConfiguredProject(configFileName);
        if (!project) throw new Error(`TypeScript 7.1 can't open ${configFileName}`);
        return project;
      });
    },
    openWith(configFileName, more) {
      const before = last!;
      const config = api.parseConfigFile(configFileName);
      const createPrograms = programs([...config.fileNames, ...more], config.options, config);
      const snapshot = before.update({ createPrograms });
      const program = created(snapshot);
      left.add(before);
      return follow(snapshot, (each) => programIn(each, program).getProject());
    },
    close: () => api.close(),
  };
}

export type Diagnostic71 = sync.Diagnostic;
export type CommandLine71 = sync.ParsedCommandLine;

/** One program of TypeScript 7.1 that can be checked, emitted, and given other texts. */
export interface Compilation71 {
  readonly program: NativeProgram;
  syntactic(): readonly Diagnostic71[];
  /** About options, the config file, and whatever has no file. */
  ofProgram(): readonly Diagnostic71[];
  global(): readonly Diagnostic71[];
  configFile(): readonly Diagnostic71[];
  semantic(files?: readonly string[]): readonly Diagnostic71[];
  declaration(): readonly Diagnostic71[];
  /** Writes files as the compiler does. */
  emit(what: "all" | "javascript" | "declarations"): sync.EmitResult;
  /** The JavaScript, and the maps, of some files: text by path. */
  javascriptOf(files: readonly string[]): ReadonlyMap<string, string>;
  /** The same program with other texts in some files. */
  withTexts(texts: ReadonlyMap<string, string>, options: object): Compilation71;
  /** The same after files changed on disk. What it was is given up. */
  refreshed(
    rootFiles: readonly string[],
    options: object,
    changed: readonly string[],
    config: CommandLine71 | undefined,
  ): Compilation71;
  /** The compiler keeps what it knows of a program until it is told that nobody will ask for it. */
  dispose(): void;
}

/** TypeScript 7.1 to build with. */
export class Builder71 {
  private readonly native: Modules71;
  private readonly api: sync.API;

  constructor({ packageFolder, directory, lasts }: NativeCompilerOptions) {
    this.native = loadTypeScript71(packageFolder);
    this.api = startInNativeEnvironment(() => new this.native.sync.API({ cwd: directory }), lasts);
  }

  parseCommandLine(args: readonly string[]): CommandLine71 {
    return this.api.parseCommandLine(args);
  }

  parseConfigFile(path: string): CommandLine71 {
    return this.api.parseConfigFile(path);
  }

  /**
   * @param config what a tsconfig.json says; only its references and errors are used
   */
  open(rootFiles: readonly string[], options: object, config?: CommandLine71): Compilation71 {
    const snapshot = this.api.createSnapshot({ createPrograms: programs(rootFiles, options, config) });
    return this.compilation(snapshot, created(snapshot), { rootFiles, config });
  }

  /** @param pretty with colours and the lines of source that are meant */
  format(diagnostics: readonly Diagnostic71[], pretty: boolean): string {
    const { formatDiagnostics, formatDiagnosticsWithColorAndContext } = this.native.sync;
    return (pretty ? formatDiagnosticsWithColorAndContext : formatDiagnostics)(diagnostics, this.api);
  }

  close(): void {
    this.api.close();
  }

  private compilation(
    snapshot: sync.Snapshot,
    program: sync.Program<sync.SyntheticProjectId>,
    roots: { rootFiles: readonly string[]; config: CommandLine71 | undefined },
  ): Compilation71 {
    const { EmitOnly } = this.native.sync;
    const kinds = { all: EmitOnly.All, javascript: EmitOnly.OnlyJs, declarations: EmitOnly.OnlyDts };
    return {
      program: programOf(this.native, this.api, snapshot, (each) => programIn(each, program).getProject()),
      syntactic: () => program.getSyntacticDiagnostics(),
      ofProgram: () => program.getProgramDiagnostics(),
      global: () => program.getGlobalDiagnostics(),
      configFile: () => program.getConfigFileParsingDiagnostics(),
      semantic: (files) => program.getSemanticDiagnostics(files),
      declaration: () => program.getDeclarationDiagnostics(),
      emit: (what) => program.emit(kinds[what]),
      javascriptOf: (files) =>
        new Map([...program.getJavaScriptEmit(files).outputFiles].map(([path, { text }]) => [path, text])),
      withTexts: (texts, options) => {
        const layered = snapshot.update({
          fileSystem: this.native.fs.createFileSystemLayer([...texts]),
          createPrograms: programs(roots.rootFiles, options, roots.config),
        });
        return this.compilation(layered, created(layered), roots);
      },
      refreshed: (rootFiles, options, changed, config) => {
        const known: ReadonlySet<string> = new Set(program.getSourceFileNames());
        const [deleted, present] = partition(changed, (path) => !existsSync(path));
        const [modified, created] = partition(present, (path) => known.has(path));
        const { id } = program.getProject();
        const [wanted] = programs(rootFiles, options, config);
        // Not another program: the compiler would go on keeping this one up to date, too.
        const next = snapshot.update({
          // What a package.json says of the files below it, the compiler remembers with those files.
          fileNotifications: changed.some((path) => basename(path) === "package.json")
            ? { invalidateAll: true }
            : { changed: modified, created, deleted },
          reconfigurePrograms: [{ id, ...wanted }],
        });
        const reconfigured = programIn(next, program);
        snapshot.dispose();
        return this.compilation(next, reconfigured, { rootFiles, config });
      },
      dispose: () => snapshot.dispose(),
    };
  }
}

function created({ operation }: sync.Snapshot): sync.Program<sync.SyntheticProjectId> {
  const [program] = operation.createdPrograms ?? [];
  if (!program) throw new Error("TypeScript 7.1 made no program");
  return program;
}

function programs(
  rootFiles: readonly string[],
  compilerOptions: object,
  config: CommandLine71 | undefined,
): [sync.CreateSnapshotProgramParams] {
  return [
    {
      rootFiles,
      compilerOptions,
      options: {
        configFileParsingDiagnostics: config?.errors as Diagnostic71[] | undefined,
        projectReferences: config?.projectReferences,
      },
    },
  ];
}

function partition<T>(list: readonly T[], isFirst: (each: T) => boolean): [T[], T[]] {
  return [list.filter(isFirst), list.filter((each) => !isFirst(each))];
}

/** The same program in a later snapshot. */
function programIn(
  snapshot: sync.Snapshot,
  program: sync.Program<sync.SyntheticProjectId>,
): sync.Program<sync.SyntheticProjectId> {
  const found = snapshot.getProgram(program.getProject().id);
  if (!found) throw new Error("TypeScript 7.1 lost the program");
  return found;
}

/** @param projectIn finds the project, also in a snapshot that has caches of its own */
function programOf(
  native: Modules71,
  api: sync.API,
  snapshot: sync.Snapshot,
  projectIn: (snapshot: sync.Snapshot) => sync.Project,
): NativeProgram {
  const project = projectIn(snapshot);
  const { program: whole } = project;
  const syntax = nativeSyntax(native.ast, native.sync.ModuleKind);
  const fileNames = whole.getSourceFileNames();
  const apart = (): DisposableProgram => {
    const part = snapshot.update({});
    return { ...programThrough(projectIn(part)), dispose: () => part.dispose() };
  };
  const programThrough = ({ program, checker }: sync.Project): NativeProgram => ({
    ts: syntax,
    resolver: nativeResolver(syntax, checkerOf(native, api, checker)),
    fileNames,
    getSourceFile(fileName) {
      const file = program.getSourceFile(fileName);
      const format = (): number | undefined => whole.getSourceFileMetadata(fileName)?.impliedNodeFormat;
      return file && nativeFile(native.ast, file, format);
    },
    apart,
    isExternal: (fileName) => whole.getSourceFileMetadata(fileName)?.isFromExternalLibrary ?? false,
    syntaxErrors: (fileNames) => syntaxErrorsOf(program.getSyntacticDiagnostics(fileNames)),
  });
  return programThrough(project);
}

function checkerOf({ sync }: Modules71, api: sync.API, checker: sync.Checker): NativeChecker {
  const nodes = (list: readonly Node[]): AST[] => list as unknown as AST[];
  const symbol = (each: NativeSymbol): sync.Symbol => each as unknown as sync.Symbol;
  const type = (each: NativeType): sync.Type => each as sync.Type;
  const native = (list: readonly (sync.Symbol | undefined)[]): (NativeSymbol | undefined)[] =>
    list as unknown as (NativeSymbol | undefined)[];
  const { SymbolFlags, TypeFlags, CheckFlags, SignatureKind } = sync;
  return {
    symbolsAt: (list) => native(checker.getSymbolAtLocation(nodes(list))),
    shorthandValues: (list) =>
      native(api.batch(...nodes(list).map((node) => checker.getShorthandAssignmentValueSymbol.gen(node)))),
    exportSpecifierTargets: (list) =>
      native(api.batch(...nodes(list).map((node) => checker.getExportSpecifierLocalTargetSymbol.gen(node)))),
    aliased: (list) =>
      native(api.batch(...list.map((each) => checker.getAliasedSymbol.gen(symbol(each))))) as NativeSymbol[],
    typesAt: (list) => checker.getTypeAtLocation(nodes(list)),
    expectedAt: (list) => {
      type Expression = Parameters<sync.Checker["getContextualType"]>[0];
      return api.batch(...list.map((node) => checker.getContextualType.gen(node as unknown as Expression)));
    },
    present: (types) => api.batch(...types.map((each) => checker.getNonNullableType.gen(type(each)))),
    properties: (wanted) =>
      native(api.batch(...wanted.map((each) => checker.getPropertyOfType.gen(type(each.type), each.name)))),
    typesOf: (list) => checker.getTypeOfSymbol(list.map(symbol)),
    callable: (types) => {
      const kinds = [SignatureKind.Call, SignatureKind.Construct];
      const asked = types.flatMap((each) => kinds.map((kind) => [type(each), kind] as const));
      const found = api.batch(...asked.map((each) => checker.getSignaturesOfType.gen(...each)));
      return types.map((_, index) => found[2 * index]!.length + found[2 * index + 1]!.length > 0);
    },
    results: (types) => {
      const found = api.batch(
        ...types.map((each) => checker.getSignaturesOfType.gen(type(each), SignatureKind.Call)),
      );
      const results = api.batch(...found.flat().map((each) => checker.getReturnTypeOfSignature.gen(each)));
      let next = 0;
      return found.map((signatures) => signatures.map(() => results[next++]! as NativeType));
    },
    instance: (module, name) => instanceOf(sync, checker, module, name),
    assignable: (pairs) => {
      const asked = api.batch(
        ...pairs.map(({ target }) => checker.getBaseConstraintOfType.gen(type(target))),
      );
      return api.batch(
        ...pairs.map(({ source, target }, index) =>
          checker.isTypeAssignableTo.gen(type(source), asked[index] ?? type(target)),
        ),
      );
    },
    parts: (types) => {
      const constraints = api.batch(...types.map((each) => checker.getBaseConstraintOfType.gen(type(each))));
      const unions = constraints.map((each, index) => each ?? type(types[index]!));
      const asked = unions.filter((each) => each.isUnionType());
      const parts = api.batch(...asked.map((each) => each.getTypes.gen()));
      const byUnion = new Map<sync.Type, readonly sync.Type[]>(
        asked.map((each, index) => [each, parts[index] ?? []]),
      );
      return unions.map((each) => (byUnion.get(each) ?? []) as readonly NativeType[]);
    },
    indexed: (types) =>
      api
        .batch(...types.map((each) => checker.getIndexTypeOfType.gen(type(each), sync.IndexKind.String)))
        .map((each) => each as NativeType | undefined),
    globals: (names) =>
      native(
        api.batch(
          ...names.map((name) =>
            checker.resolveName.gen(name, SymbolFlags.Value | SymbolFlags.Type | SymbolFlags.Namespace),
          ),
        ),
      ),
    flags: {
      alias: SymbolFlags.Alias,
      anyOrUnknown: TypeFlags.Any | TypeFlags.Unknown,
      intersection: TypeFlags.Intersection,
      synthetic: CheckFlags.SyntheticProperty | CheckFlags.SyntheticMethod,
      transient: SymbolFlags.Transient,
    },
    keyFlags: TypeFlags,
    valueFlags: TypeFlags,
  };
}

function instanceOf(
  { SymbolFlags }: typeof sync,
  checker: sync.Checker,
  module: string,
  name: string,
): NativeType | undefined {
  const ambient = checker.resolveName(`"${module}"`, SymbolFlags.Module);
  const symbol = ambient && checker.getMemberInModuleExports(ambient, name);
  return symbol && (checker.getDeclaredTypeOfSymbol(symbol) as NativeType);
}
