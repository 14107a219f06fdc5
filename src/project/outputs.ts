import { parse, resolve } from "node:path";
import type ts from "typescript";
import { withSlashes } from "./slashes.js";
import { commandLineOf, type Tsconfig } from "./tsconfig.js";

/**
 * A test for files that one of the projects compiles to: what is in them is in a source of that project, and the next
 * compilation writes it anew.
 */
export function outputsOf(tsconfigs: readonly Tsconfig[]): (path: string) => boolean {
  const projects = tsconfigs.flatMap((tsconfig) => {
    const { noEmit, emitDeclarationOnly } = tsconfig.config.options;
    if (noEmit || emitDeclarationOnly) return [];
    let commandLine: ts.ParsedCommandLine | undefined;
    const outputs = (source: string): readonly string[] => {
      const { ts } = tsconfig.compiler;
      commandLine ??= commandLineOf(tsconfig);
      return ts.getOutputFileNames(commandLine, source, !ts.sys.useCaseSensitiveFileNames);
    };
    return { config: tsconfig.config, byStem: byStem(tsconfig.config.fileNames), outputs };
  });
  return (path) =>
    mayBeOutput.test(path) &&
    projects.some(({ config, byStem, outputs }) => {
      const sources = config.options.outFile ? config.fileNames.slice(0, 1) : byStem.get(parse(path).name);
      return sources?.some((source) =>
        outputs(source).some((output) => output !== source && withSlashes(resolve(output)) === path),
      );
    });
}

/** No compiler writes TypeScript, but for declarations. */
const mayBeOutput = /\.d\.[cm]?ts$|(?<!\.[cm]?tsx?)$/;

/** An output has its source's name, in another folder or with another extension. */
function byStem(fileNames: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const names = new Map<string, string[]>();
  for (const fileName of fileNames) {
    const stem = parse(fileName).name;
    const same = names.get(stem);
    if (same) same.push(fileName);
    else names.set(stem, [fileName]);
  }
  return names;
}
