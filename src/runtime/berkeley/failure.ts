import { errnoOf } from "../errors/codes";

/** The error of a Berkeley call: `code` and `errno` are what C programs compare. */
export function failure(syscall: string, code: string, reason: string): NodeJS.ErrnoException {
  const errno = errnoOf(code);
  return Object.assign(new Error(`${syscall} ${code}: ${reason}`), {
    code,
    syscall,
    ...(errno !== undefined && { errno }),
  });
}
