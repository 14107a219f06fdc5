import { existsSync } from "node:fs";
import { dirname } from "node:path";
import type ts from "typescript";
import type { FilePlan, Rewrite, TypeScript } from "../engine/index.js";
import { analysed } from "../hosts/lint/analyse.js";
import { findProjects } from "../project/find.js";
import { readableText } from "../project/source-text.js";
import { commandLineOf, type Tsconfig } from "../project/tsconfig.js";
import { isSource } from "../project/walk.js";

/**
 * The JavaScript of a project that dials directly, though its source is to be rewritten. What `.tsbuildinfo` knows from before,
 * the compiler takes for up to date, and asks no plugin.
 *
 * @returns absolute paths; none for what was never compiled
 * @throws InputError, OptionError where the project can't be looked at
 */
export function directOutputs(tsconfig: Tsconfig): string[] {
  const { path, compiler } = tsconfig;
  const commandLine = commandLineOf(tsconfig);
  const { noEmit, emitDeclarationOnly, outFile } = commandLine.options;
  if (noEmit === true || emitDeclarationOnly === true || outFile !== undefined) return [];
  const outputs = outputsOf(compiler.ts, commandLine);
  if (outputs.size === 0) return [];
  const folder = dirname(path);
  const { projects } = findProjects({ cwd: folder, paths: [], tsconfigs: [path], exclude: [], root: folder });
  return projects
    .filter((project) => project.tsconfig === path)
    .flatMap((project) => analysed(project, {}, ({ plans }) => plans))
    .flat()
    .flatMap((plan) => directOutput(outputs, plan) ?? []);
}

/** The JavaScript that is there, by its source. Of what is imported and not listed, the compiler tells no outputs. */
function outputsOf(ts: TypeScript, commandLine: ts.ParsedCommandLine): ReadonlyMap<string, string> {
  const isCaseless = !ts.sys.useCaseSensitiveFileNames;
  const all = commandLine.fileNames.filter(isSource).map((name) => {
    const outputs = ts.getOutputFileNames(commandLine, name, isCaseless);
    return [name, outputs.find((output) => /\.[cm]?jsx?$/.test(output)) ?? ""] as const;
  });
  return new Map(all.filter(([, output]) => existsSync(output)));
}

function directOutput(
  outputs: ReadonlyMap<string, string>,
  { file, rewrites }: FilePlan,
): string | undefined {
  const output = outputs.get(file.fileName);
  const text = output === undefined ? undefined : readableText(output);
  return text === undefined || hasAll(text, rewrites) ? undefined : output;
}

/** Has the text as many R-forms as it is to get, and the modules that imports are redirected to? */
function hasAll(text: string, rewrites: readonly Rewrite[]): boolean {
  const wanted = new Map<string, number>();
  for (const { to } of rewrites) {
    const name = to.includes("/") ? to : to.split(".")[0]!;
    wanted.set(name, (wanted.get(name) ?? 0) + (to.includes("/") ? 0 : 1));
  }
  return [...wanted].every(([name, count]) => text.split(name).length - 1 >= Math.max(count, 1));
}
