import { dirname } from "node:path";
import type ts from "typescript";
import { portionsOf } from "../resolvers/native/portions.js";
import type { NativeCompiler, NativeProgram } from "../resolvers/native/program.js";
import { startTypeScript70 } from "../resolvers/typescript-7.0.js";
import type { Compiler } from "./compiler.js";
import { nodeTypes } from "./node-types.js";
import type { LoadedProject, Problem, Project } from "./project.js";
import { runningTypeScript71, type Running } from "./running.js";

/**
 * The types of a project by its own TypeScript 7, in another process.
 *
 * @returns undefined where it doesn't run, or can't answer for all of the files
 */
export function loadNative(project: Project): LoadedProject | undefined {
  const { tsconfig, compiler, files } = project;
  if (tsconfig === undefined) return undefined;
  const running = start(compiler, dirname(tsconfig));
  if (!running) return undefined;
  const native = running.compiler;
  try {
    const opened = native.openProject(tsconfig);
    const lacking = lackingIn(opened, project);
    const program = lacking.length > 0 ? native.openWith?.(tsconfig, lacking) : opened;
    if (!program || lackingIn(program, project).length > 0) {
      running.release(true);
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
      close(isSpoilt) {
        program.dispose();
        running.release(isSpoilt);
      },
    };
  } catch (error) {
    running.release(true);
    throw error;
  }
}

/**
 * Files that are looked at, though the compiler takes nothing for an import of them, and Node's declarations, without which
 * nothing can tell a socket.
 */
function lackingIn({ fileNames }: NativeProgram, project: Project): string[] {
  const known = new Set(fileNames);
  const unknown = project.files.filter((name) => !known.has(name));
  const knowsNode = fileNames.some((name) => name.includes("/@types/node/"));
  return knowsNode ? unknown : [...unknown, nodeTypes(project)];
}

function start({ version, directory }: Compiler, folder: string): Used | undefined {
  return version.startsWith("7.0.") ? start70(directory!, folder) : runningTypeScript71(directory!);
}

/** A process of its own: 7.0 can't be told to forget a project. */
function start70(packageFolder: string, directory: string): Used | undefined {
  try {
    const compiler = startTypeScript70({ packageFolder, directory });
    return { compiler, release: () => compiler.close() };
  } catch {
    // Its executable is a package of its own, and may not be installed for this platform.
    return undefined;
  }
}

interface Used extends Omit<Running, "compiler"> {
  readonly compiler: NativeCompiler;
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
