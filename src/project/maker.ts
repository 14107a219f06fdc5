import type ts from "typescript";
import type { TypeScript } from "../engine/index.js";

/** What is in no declaration file: the classes that a TypeScript makes its nodes of. */
interface Allocating {
  readonly objectAllocator?: { getSourceFileConstructor(): unknown };
}

/**
 * The TypeScript that made a file, of those that are loaded here. The numbers of kinds of nodes differ from one to the
 * next, so that reading a file with another one would misread it.
 *
 * @param likely the one to ask first
 * @throws Error where it is none of them
 */
export function makerOf(file: ts.SourceFile, likely: TypeScript): TypeScript {
  const maker = [likely, ...loaded()].find((each) => made(each, file));
  if (maker) return maker;
  throw new Error(
    `the types of ${file.fileName} come from a TypeScript that can't be found; the one here is ${likely.version}`,
  );
}

function made(ts: TypeScript & Allocating, file: ts.SourceFile): boolean {
  return file.constructor === ts.objectAllocator?.getSourceFileConstructor();
}

function loaded(): TypeScript[] {
  return Object.values(require.cache).flatMap((module) =>
    module && /[\\/]lib[\\/](?:typescript|tsserverlibrary)\.js$/.test(module.filename)
      ? (module.exports as TypeScript)
      : [],
  );
}
