import { constants } from "node:os";
import { getSystemErrorMap } from "node:util";

/** Codes that libuv of some Node has no name for (EOPNOTSUPP). */
const posix: Record<string, number> = constants.errno;

/** The numbers libuv gives to system errors, by name; they differ between systems. */
const numbers = new Map([...getSystemErrorMap()].map(([number, [name]]) => [name, number]));

/**
 * The `errno` that belongs to a system error's `code`.
 *
 * @param code such as "ECONNREFUSED"
 * @returns a negative number; undefined for codes of our own (ESOCKS…)
 */
export function errnoOf(code: string): number | undefined {
  return numbers.get(code) ?? (code in posix ? -posix[code]! : undefined);
}
