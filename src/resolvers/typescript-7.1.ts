import { createRequire } from "node:module";
import { join } from "node:path";
import type * as sync from "typescript-7.1/sync" with { "resolution-mode": "import" };
import type { NativeChecker, NativeSymbol, NativeType, Node } from "./native/checker.js";
import type { NativeCompiler, NativeCompilerOptions, NativeProgram } from "./native/program.js";
import { nativeResolver } from "./native/resolver.js";
import { nativeFile, nativeSyntax, type NativeSyntax } from "./native/syntax.js";

/** The modules `typescript/sync`, `typescript/ast` and `typescript/fs` of TypeScript 7.1. */
export interface TypeScript71 {
  readonly sync: typeof sync;
  readonly ast: NativeSyntax;
}

type AST = Parameters<sync.Checker["getSymbolOfNode"]>[0];

export function loadTypeScript71(packageFolder: string): TypeScript71 {
  const require = createRequire(join(packageFolder, "package.json"));
  return {
    sync: require("typescript/sync") as typeof sync,
    ast: require("typescript/ast") as NativeSyntax,
  };
}

/** TypeScript 7.1 through its API `typescript/sync`. */
export function startTypeScript71({ packageFolder, directory }: NativeCompilerOptions): NativeCompiler {
  const native = loadTypeScript71(packageFolder);
  const api = new native.sync.API({ cwd: directory });
  return {
    openProject(configFileName) {
      const snapshot = api.createSnapshot({ openProjects: [configFileName] });
      const project = snapshot.getConfiguredProject(configFileName);
      if (!project) throw new Error(`TypeScript 7.1 can't open ${configFileName}`);
      return programOf(native, api, project);
    },
    close: () => api.close(),
  };
}

export function programOf(native: TypeScript71, api: sync.API, project: sync.Project): NativeProgram {
  const { program } = project;
  const syntax = nativeSyntax(native.ast, native.sync.ModuleKind);
  return {
    ts: syntax,
    resolver: nativeResolver(syntax, checkerOf(native, api, project.checker)),
    fileNames: program.getSourceFileNames(),
    getSourceFile(fileName) {
      const file = program.getSourceFile(fileName);
      const impliedNodeFormat = program.getSourceFileMetadata(fileName)?.impliedNodeFormat;
      return file && nativeFile(native.ast, file, impliedNodeFormat);
    },
    isFromExternalLibrary: (file) =>
      program.getSourceFileMetadata(file.fileName)?.isFromExternalLibrary ?? false,
  };
}

function checkerOf({ sync }: TypeScript71, api: sync.API, checker: sync.Checker): NativeChecker {
  const nodes = (list: readonly Node[]): AST[] => list as unknown as AST[];
  const symbol = (each: NativeSymbol): sync.Symbol => each as unknown as sync.Symbol;
  const type = (each: NativeType): sync.Type => each as sync.Type;
  const native = (list: readonly (sync.Symbol | undefined)[]): (NativeSymbol | undefined)[] =>
    list as unknown as (NativeSymbol | undefined)[];
  const { SymbolFlags, TypeFlags, CheckFlags } = sync;
  return {
    symbolsAt: (list) => native(checker.getSymbolAtLocation(nodes(list))),
    shorthandValues: (list) =>
      native(api.batch(...nodes(list).map((node) => checker.getShorthandAssignmentValueSymbol.gen(node)))),
    exportSpecifierTargets: (list) =>
      native(api.batch(...nodes(list).map((node) => checker.getExportSpecifierLocalTargetSymbol.gen(node)))),
    aliased: (list) =>
      native(api.batch(...list.map((each) => checker.getAliasedSymbol.gen(symbol(each))))) as NativeSymbol[],
    typesAt: (list) => checker.getTypeAtLocation(nodes(list)),
    properties: (wanted) => {
      const types = api.batch(...wanted.map((each) => checker.getNonNullableType.gen(type(each.type))));
      return native(
        api.batch(...types.map((each, index) => checker.getPropertyOfType.gen(each, wanted[index]!.name))),
      );
    },
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
      synthetic: CheckFlags.SyntheticProperty | CheckFlags.SyntheticMethod,
    },
  };
}
