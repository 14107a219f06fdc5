import { createRequire } from "node:module";
import { join } from "node:path";
import type * as sync from "typescript-7.0/unstable/sync" with { "resolution-mode": "import" };
import type { NativeChecker, NativeSymbol, NativeType, Node } from "./native/checker.js";
import { startInNativeEnvironment } from "./native/collector.js";
import type { DisposableProgram, NativeCompiler, NativeCompilerOptions } from "./native/program.js";
import { nativeResolver } from "./native/resolver.js";
import { syntaxErrorsOf } from "./native/syntax-errors.js";
import { nativeFile, nativeSyntax, type NativeSyntax } from "./native/syntax.js";

type AST = Parameters<sync.Checker["getShorthandAssignmentValueSymbol"]>[0];

/** `CheckFlags.SyntheticProperty | CheckFlags.SyntheticMethod`, which the API of 7.0 does not export. */
const SYNTHETIC = 6;

export interface Program70 extends DisposableProgram {
  semanticErrors(fileNames: readonly string[]): sync.Diagnostic[];
}

/** TypeScript 7.0 through its API `typescript/unstable/sync`. It can't emit. */
export function startTypeScript70({
  packageFolder,
  directory,
}: NativeCompilerOptions): NativeCompiler<Program70> {
  const require = createRequire(join(packageFolder, "package.json"));
  const native = require("typescript/unstable/sync") as typeof sync;
  const ast = require("typescript/unstable/ast") as NativeSyntax;
  const api = startInNativeEnvironment(() => new native.API({ cwd: directory }));
  return {
    openProject(configFileName) {
      const project = api.updateSnapshot({ openProjects: [configFileName] }).getProject(configFileName);
      if (!project) throw new Error(`TypeScript 7.0 can't open ${configFileName}`);
      return programOf(native, ast, api, project);
    },
    close() {
      endSilently(api);
      api.close();
    },
  };
}

/** `close` sends SIGTERM, on which the compiler may say "context canceled" on our standard error. SIGKILL is silent. */
function endSilently(api: sync.API): void {
  type Child = { kill: (signal?: NodeJS.Signals) => boolean };
  const child = (api as unknown as { client?: { channel?: { child?: Child } } }).client?.channel?.child;
  if (!child) return;
  const kill = child.kill.bind(child);
  child.kill = () => kill("SIGKILL");
}

function programOf(
  native: typeof sync,
  ast: NativeSyntax,
  api: sync.API,
  { program, checker }: sync.Project,
): Program70 {
  const syntax = nativeSyntax(ast, native.ModuleKind);
  const own: Program70 = {
    ts: syntax,
    resolver: nativeResolver(syntax, checkerOf(native, checker)),
    fileNames: program.getSourceFileNames(),
    getSourceFile(fileName) {
      const file = program.getSourceFile(fileName);
      const format = (): number | undefined => program.getSourceFileMetadata(fileName)?.impliedNodeFormat;
      return file && nativeFile(ast, file, format);
    },
    // There is one memory of syntax trees for all programs; what is asked for again is fetched again.
    apart: () => own,
    dispose: () => api.clearSourceFileCache(),
    isExternal: (fileName) => program.getSourceFileMetadata(fileName)?.isFromExternalLibrary ?? false,
    syntaxErrors(fileNames) {
      // 7.0 takes one file, or none for all of them: one round trip.
      const wanted = new Set(fileNames);
      const diagnostics = program.getSyntacticDiagnostics();
      return syntaxErrorsOf(diagnostics.filter(({ fileName }) => fileName && wanted.has(fileName)));
    },
    semanticErrors: (fileNames) => fileNames.flatMap((fileName) => program.getSemanticDiagnostics(fileName)),
  };
  return own;
}

/** 7.0 takes lists of nodes; everything else is one round trip each. */
function checkerOf(
  { SymbolFlags, TypeFlags, SignatureKind }: typeof sync,
  checker: sync.Checker,
): NativeChecker {
  const nodes = (list: readonly Node[]): AST[] => list as unknown as AST[];
  const symbol = (each: NativeSymbol): sync.Symbol => each as unknown as sync.Symbol;
  const native = (list: readonly (sync.Symbol | undefined)[]): (NativeSymbol | undefined)[] =>
    list as unknown as (NativeSymbol | undefined)[];
  const meaning = SymbolFlags.Value | SymbolFlags.Type | SymbolFlags.Namespace;
  return {
    symbolsAt: (list) => native(checker.getSymbolAtLocation(nodes(list))),
    shorthandValues: (list) =>
      native(nodes(list).map((node) => checker.getShorthandAssignmentValueSymbol(node))),
    exportSpecifierTargets: (list) =>
      native(nodes(list).map((node) => checker.getExportSpecifierLocalTargetSymbol(node))),
    aliased: (list) => native(list.map((each) => checker.getAliasedSymbol(symbol(each)))) as NativeSymbol[],
    typesAt: (list) => checker.getTypeAtLocation(nodes(list)),
    expectedAt: (list) =>
      list.map((node) =>
        checker.getContextualType(node as unknown as Parameters<sync.Checker["getContextualType"]>[0]),
      ),
    present: (types) => types.map((each) => checker.getNonNullableType(each as sync.Type) ?? each),
    properties: (wanted) =>
      native(wanted.map(({ type, name }) => checker.getPropertyOfType(type as sync.Type, name))),
    typesOf: (list) => list.map((each) => checker.getTypeOfSymbol(symbol(each))),
    callable: (types) =>
      types.map((each) =>
        [SignatureKind.Call, SignatureKind.Construct].some(
          (kind) => checker.getSignaturesOfType(each as sync.Type, kind).length > 0,
        ),
      ),
    results: (types) =>
      types.map((each) =>
        checker
          .getSignaturesOfType(each as sync.Type, SignatureKind.Call)
          .flatMap((signature) => checker.getReturnTypeOfSignature(signature) ?? []),
      ),
    instance: (module, name) => {
      const ambient = checker.resolveName(`"${module}"`, SymbolFlags.Module);
      const member = ambient && checker.getMemberInModuleExports(ambient, name);
      return member && (checker.getDeclaredTypeOfSymbol(member) as NativeType);
    },
    assignable: (pairs) =>
      pairs.map(({ source, target }) => {
        const asked = checker.getBaseConstraintOfType(target as sync.Type) ?? (target as sync.Type);
        return checker.isTypeAssignableTo(source as sync.Type, asked);
      }),
    parts: (types) =>
      types.map((each) => {
        const union = checker.getBaseConstraintOfType(each as sync.Type) ?? (each as sync.Type);
        return (union.isUnionType() ? union.getTypes() : []) as readonly NativeType[];
      }),
    indexed: (types) =>
      types.map(
        (each) =>
          checker
            .getIndexInfosOfType(each as sync.Type)
            .find(({ keyType }) => (keyType.flags & TypeFlags.String) !== 0)?.valueType as
            NativeType | undefined,
      ),
    globals: (names) => native(names.map((name) => checker.resolveName(name, meaning))),
    flags: {
      alias: SymbolFlags.Alias,
      anyOrUnknown: TypeFlags.Any | TypeFlags.Unknown,
      intersection: TypeFlags.Intersection,
      synthetic: SYNTHETIC,
      transient: SymbolFlags.Transient,
    },
    keyFlags: TypeFlags,
    valueFlags: TypeFlags,
  };
}
