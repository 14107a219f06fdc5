import { dirname } from "node:path";
import type ts from "typescript";
import type { NativeCompiler } from "../resolvers/native/program.js";
import { startTypeScript70 } from "../resolvers/typescript-7.0.js";
import { startTypeScript71 } from "../resolvers/typescript-7.1.js";
import type { Compiler } from "./compiler.js";
import type { LoadedProject, Problem, Project } from "./project.js";
import { readSource } from "./source-text.js";

/**
 * The types of a project by its own TypeScript 7, in a process of its own.
 *
 * @returns undefined where it can't answer for all of the files: what it doesn't run, what its program does not
 *   have, and projects without Node's declarations
 */
export function loadNative(project: Project): LoadedProject | undefined {
  const { tsconfig, compiler, files } = project;
  if (tsconfig === undefined) return undefined;
  const running = start(compiler, dirname(tsconfig));
  if (!running) return undefined;
  try {
    const program = running.openProject(tsconfig);
    const sources = files.flatMap((name) => program.getSourceFile(name) ?? []);
    const knowsNode = program.fileNames.some((name) => name.includes("/@types/node/"));
    if (sources.length < files.length || !knowsNode) {
      running.close();
      return undefined;
    }
    const problems = files.flatMap((name) => syntaxProblem(compiler.ts, name) ?? []);
    const broken = new Set(problems.map(({ file }) => file));
    return {
      ts: program.ts,
      files: sources.filter(({ fileName }) => !broken.has(fileName)),
      resolver: program.resolver,
      problems,
      close: () => running.close(),
    };
  } catch (error) {
    running.close();
    throw error;
  }
}

function start({ version, directory }: Compiler, folder: string): NativeCompiler | undefined {
  const options = { packageFolder: directory!, directory: folder };
  try {
    return version.startsWith("7.0.") ? startTypeScript70(options) : startTypeScript71(options);
  } catch {
    // Its executable is a package of its own, and may not be installed for this platform.
    return undefined;
  }
}

/** The native parser goes on after an error and keeps it to itself; ours tells. */
function syntaxProblem(typescript: typeof ts, fileName: string): Problem | undefined {
  const text = readSource(fileName)?.text ?? "";
  const { diagnostics = [] } = typescript.transpileModule(text, {
    fileName,
    reportDiagnostics: true,
    compilerOptions: {
      target: typescript.ScriptTarget.ESNext,
      jsx: typescript.JsxEmit.Preserve,
      noLib: true,
    },
  });
  const [error] = diagnostics.filter(({ code, file }) => file && (code < 5000 || code >= 18000));
  if (!error) return undefined;
  const { line, character } = error.file!.getLineAndCharacterOfPosition(error.start ?? 0);
  return {
    file: fileName,
    line: line + 1,
    column: character + 1,
    message: typescript.flattenDiagnosticMessageText(error.messageText, " "),
  };
}
