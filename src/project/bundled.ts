import type ts from "typescript";
import type { TypeScript } from "../engine/index.js";

/**
 * TypeScript for projects that have none of their own, or one that can't be used: the copy that ts-morph carries.
 * The only file that knows ts-morph; it is loaded when it is first needed.
 */
export function bundledTypeScript(): TypeScript {
  return morph().ts as unknown as TypeScript;
}

/** A program of the bundled TypeScript, which has its library files in memory and nowhere on disk. */
export function bundledProgram(rootNames: readonly string[], options: ts.CompilerOptions): ts.Program {
  const { Project } = morph();
  const project = new Project({
    compilerOptions: options as never,
    skipAddingFilesFromTsConfig: true,
    skipFileDependencyResolution: true,
  });
  for (const name of rootNames) project.addSourceFileAtPath(name);
  return project.getProgram().compilerObject as unknown as ts.Program;
}

function morph(): typeof import("ts-morph") {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- large, and most projects never need it
  return require("ts-morph") as typeof import("ts-morph");
}
