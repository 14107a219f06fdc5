import { dirname } from "node:path";
import type ts from "typescript";
import { portionsOf } from "../resolvers/native/portions.js";
import type { NativeCompiler, NativeProgram } from "../resolvers/native/program.js";
import { startTypeScript70 } from "../resolvers/typescript-7.0.js";
import { startTypeScript71 } from "../resolvers/typescript-7.1.js";
import type { Compiler } from "./compiler.js";
import type { LoadedProject, Problem, Project } from "./project.js";

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
    const known = new Set(program.fileNames);
    const knowsNode = program.fileNames.some((name) => name.includes("/@types/node/"));
    if (!files.every((name) => known.has(name)) || !knowsNode) {
      running.close();
      return undefined;
    }
    return {
      ts: program.ts,
      *portions(modules) {
        for (const { program: part, files: fetched } of portionsOf(program, files, modules)) {
          const problems = problemsOf(part, fetched);
          const broken = new Set(problems.map(({ file }) => file));
          const intact = fetched.filter(({ fileName }) => !broken.has(fileName));
          yield { files: intact, resolver: part.resolver, problems };
        }
      },
      inputs: () => [...program.fileNames],
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

/** The first error of each file. */
function problemsOf(program: NativeProgram, files: readonly ts.SourceFile[]): Problem[] {
  const byName = new Map(files.map((file) => [file.fileName, file]));
  const problems = new Map<string, Problem>();
  for (const { fileName, start, message } of program.syntaxErrors([...byName.keys()])) {
    const file = byName.get(fileName);
    if (!file || problems.has(fileName)) continue;
    const { line, character } = file.getLineAndCharacterOfPosition(start);
    problems.set(fileName, { file: fileName, line: line + 1, column: character + 1, message });
  }
  return [...problems.values()];
}
