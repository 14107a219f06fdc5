import type { TypeScript } from "../engine/index.js";
import { isTooDeep, TOO_DEEP, TooDeep } from "../engine/nesting.js";
import { InputError } from "./input-error.js";
import type { Problem, Project } from "./project.js";
import { readableText } from "./source-text.js";
import { namer } from "./slashes.js";

/**
 * Does what needs the trees of a project's files. Where one of them is nested too deeply for the call stack, it is done
 * again without that file, which becomes a problem.
 *
 * @param attempt is given the project, perhaps with fewer files
 * @throws InputError where that is of no use: others import the file
 */
export function withoutTooDeep<T>(
  project: Project,
  attempt: (project: Project, problems: readonly Problem[]) => T,
): T {
  const deep = new Set<string>();
  for (;;) {
    const files = project.files.filter((file) => !deep.has(file));
    try {
      return attempt(
        { ...project, files },
        [...deep].map((file) => ({ file, message: TOO_DEEP })),
      );
    } catch (error) {
      if (!isTooDeep(error)) throw error;
      const found =
        error instanceof TooDeep ? [error.fileName] : files.filter((file) => isDeep(project, file));
      if (found.length === 0 || found.some((file) => !files.includes(file)))
        throw new InputError(
          `${nameOf(found[0] ?? [...deep][0])}: ${TOO_DEEP}, and others import it. Run node with a larger --stack-size`,
          { cause: error },
        );
      for (const file of found) deep.add(file);
    }
  }
}

/** As messages name files: relative to the working directory. */
function nameOf(file: string | undefined): string {
  return file === undefined ? "a file that the project imports" : namer(process.cwd())(file);
}

/** Is there too little of the call stack for a file alone, to parse it and to tell its names apart? */
function isDeep({ compiler: { ts } }: Project, fileName: string): boolean {
  const text = readableText(fileName) ?? "";
  try {
    bind(ts, fileName, text);
    return false;
  } catch (error) {
    if (!isTooDeep(error)) throw error;
    return true;
  }
}

function bind(ts: TypeScript, fileName: string, text: string): void {
  const options = { noLib: true, noResolve: true, types: [], allowJs: true };
  const host = {
    ...ts.createCompilerHost(options, true),
    getSourceFile: (name: string) =>
      name === fileName ? ts.createSourceFile(name, text, ts.ScriptTarget.Latest, true) : undefined,
  };
  ts.createProgram({ rootNames: [fileName], options, host }).getTypeChecker();
}
