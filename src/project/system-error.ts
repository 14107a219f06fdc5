import { relative } from "node:path";
import { getSystemErrorMap } from "node:util";
import { withSlashes } from "./slashes.js";

/** An error of the operating system, as Node throws it. */
export function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && typeof (error as NodeJS.ErrnoException).syscall === "string";
}

/**
 * Does something with a file.
 *
 * @param path what an error of the operating system is to name, whichever name the call was given, if any
 */
export function namingPath<T>(path: string, act: () => T): T {
  try {
    return act();
  } catch (error) {
    throw isSystemError(error) ? Object.assign(error, { path }) : error;
  }
}

/** `src/a.ts: permission denied (EACCES, open)` */
export function systemErrorText({ path, errno, code, syscall }: NodeJS.ErrnoException, cwd: string): string {
  const below = path === undefined ? undefined : relative(cwd, path);
  const name = below === undefined || below === "" || below.startsWith("..") ? path : below;
  const meaning = errno === undefined ? undefined : getSystemErrorMap().get(errno)?.[1];
  return `${name === undefined ? "" : `${withSlashes(name)}: `}${meaning ?? "failed"} (${code}, ${syscall})`;
}
