import { startTypeScript71, type TypeScript71 } from "../resolvers/typescript-7.1.js";

/** A TypeScript 7.1 that runs, for whoever uses it at the time. */
export interface Running {
  readonly compiler: TypeScript71;
  /** @param isSpoilt something failed, so that nobody knows what it will answer next */
  release(isSpoilt?: boolean): void;
}

/** A process collects no garbage, or hardly any (native/collector.ts): after so many files it is followed by another. */
const MANY_FILES = 10_000;

interface Shared {
  readonly compiler: TypeScript71;
  users: number;
}

const running = new Map<string, Shared>();

/**
 * One process for all projects and tsconfig.json files that follow each other, so that it is started once, and has parsed
 * the libraries before. It ends when nobody uses it any more and the event loop turns.
 *
 * @param packageFolder of the project's `typescript`
 * @returns undefined where it does not run: its executable is a package of its own, and may not be installed for this platform
 */
export function runningTypeScript71(packageFolder: string): Running | undefined {
  const shared = running.get(packageFolder) ?? start(packageFolder);
  if (!shared) return undefined;
  running.set(packageFolder, shared);
  shared.users++;
  const forget = (): void => {
    if (running.get(packageFolder) === shared) running.delete(packageFolder);
  };
  const endIdle = (): void => {
    if (shared.users > 0) return;
    forget();
    shared.compiler.close();
  };
  return {
    compiler: shared.compiler,
    release(isSpoilt = false) {
      shared.users--;
      if (isSpoilt || shared.compiler.fileCount() >= MANY_FILES) forget();
      setImmediate(endIdle);
    },
  };
}

function start(packageFolder: string): Shared | undefined {
  try {
    return { compiler: startTypeScript71({ packageFolder, directory: process.cwd() }), users: 0 };
  } catch {
    return undefined;
  }
}
