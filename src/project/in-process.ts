import type ts from "typescript";
import type { TypeScript } from "../engine/index.js";
import { inProcessResolver } from "../resolvers/in-process.js";
import { compilerHost } from "./declarations.js";
import { isGone } from "./gone.js";
import { nodeTypes } from "./node-types.js";
import type { LoadedProject, Problem, Project } from "./project.js";

/** The types of a project by a TypeScript before 7, in this process. */
export function loadInProcess(project: Project): LoadedProject {
  const { compiler, files } = project;
  const { ts } = compiler;
  // The types in `files` are what they are in the whole project: their imports follow by themselves.
  const program = withNodeTypes(project, [...new Set([...files, ...project.ambient])]);
  return {
    ts,
    portions: () => {
      const sources = files.flatMap((name) => program.getSourceFile(name) ?? []);
      const problems = [
        ...files.filter((name) => !program.getSourceFile(name) && !isGone(name)).map(notTaken),
        ...sources.flatMap((file) => syntaxProblem(ts, program, file) ?? []),
      ];
      const broken = new Set(problems.map(({ file }) => file));
      const intact = sources.filter(({ fileName }) => !broken.has(fileName));
      return [{ files: intact, resolver: inProcessResolver(ts, program.getTypeChecker()), problems }];
    },
    inputs: () => program.getSourceFiles().map(({ fileName }) => fileName),
    close() {},
  };
}

/** TypeScript takes a backslash for a slash, on every system. */
function notTaken(file: string): Problem {
  return { file, message: "TypeScript can't read a file of this name" };
}

/** Without Node's declarations nothing can tell a socket: where a project has none, they come from us. */
function withNodeTypes(project: Project, roots: readonly string[]): ts.Program {
  const program = programOf(project, roots);
  const modules = program.getTypeChecker().getAmbientModules();
  if (modules.some(({ name }) => name === '"net"' || name === '"node:net"')) return program;
  return programOf(project, [...roots, nodeTypes(project)]);
}

function programOf(project: Project, roots: readonly string[]): ts.Program {
  const { compiler, references } = project;
  const options = analysisOptions(project.options);
  const host = compilerHost(compiler, options);
  return compiler.ts.createProgram({ rootNames: roots, options, projectReferences: references, host });
}

/** What says how to write output has no part in what the types are, and some of it wants other options. */
function analysisOptions(options: ts.CompilerOptions): ts.CompilerOptions {
  const { tsBuildInfoFile, outFile, out, declarationDir, ...kept } = options as ts.CompilerOptions & {
    readonly out?: string;
  };
  void [tsBuildInfoFile, outFile, out, declarationDir];
  return {
    ...kept,
    noEmit: true,
    composite: false,
    incremental: false,
    declaration: false,
    declarationMap: false,
    emitDeclarationOnly: false,
    isolatedDeclarations: false,
    skipLibCheck: true,
    plugins: undefined,
  };
}

function syntaxProblem(ts: TypeScript, program: ts.Program, file: ts.SourceFile): Problem | undefined {
  const error = syntaxError(program, file);
  if (!error) return undefined;
  const { line, character } = file.getLineAndCharacterOfPosition(error.start);
  return {
    file: file.fileName,
    line: line + 1,
    column: character + 1,
    message: ts.flattenDiagnosticMessageText(error.messageText, " "),
  };
}

/** The first thing that keeps a file from being parsed. */
export function syntaxError(program: ts.Program, file: ts.SourceFile): ts.DiagnosticWithLocation | undefined {
  // From 8000 on: TypeScript's syntax in a JavaScript file, which says nothing of the parse.
  return program.getSyntacticDiagnostics(file).find(({ code }) => code < 8000 || code >= 9000);
}
