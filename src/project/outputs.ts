import { parse, resolve } from "node:path";
import { withSlashes } from "./slashes.js";
import type { Tsconfig } from "./tsconfig.js";

/**
 * A test for files that one of the projects compiles to: what is in them is in a source of that project, and the next
 * compilation writes it anew.
 */
export function outputsOf(tsconfigs: readonly Tsconfig[]): (path: string) => boolean {
  const projects = tsconfigs.flatMap((tsconfig) => {
    const { noEmit, emitDeclarationOnly } = tsconfig.config.options;
    return noEmit || emitDeclarationOnly ? [] : { tsconfig, byStem: byStem(tsconfig.config.fileNames) };
  });
  return (path) =>
    projects.some(({ tsconfig, byStem }) => {
      const { config, compiler } = tsconfig;
      const sources = config.options.outFile ? config.fileNames.slice(0, 1) : byStem.get(parse(path).name);
      return sources?.some((source) =>
        compiler.ts
          .getOutputFileNames(config, source, !compiler.ts.sys.useCaseSensitiveFileNames)
          .some((output) => output !== source && withSlashes(resolve(output)) === path),
      );
    });
}

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
