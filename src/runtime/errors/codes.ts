import { getSystemErrorMap } from "node:util";

/** The numbers libuv gives to system errors, by name; they differ between systems. */
const numbers = new Map([...getSystemErrorMap()].map(([number, [name]]) => [name, number]));

/**
 * The `errno` that belongs to a system error's `code`.
 *
 * @param code such as "ECONNREFUSED"
 * @returns a negative number; undefined for codes of our own (ESOCKS…)
 */
export function errnoOf(code: string): number | undefined {
  return numbers.get(code);
}
