import { expected, fits } from "./schema.js";
import type { Option } from "./options.js";
import { nearest } from "./nearest.js";

/** An option that is unknown or can't have the value that it was given. */
export class OptionError extends Error {
  override readonly name = "OptionError";
}

/**
 * Checks the options that somebody wrote.
 *
 * @param written the object as it was written
 * @param known the options that there are
 * @param where what the message says it was written in, e.g. `tsocksify.config.json`
 * @throws OptionError naming the first option that is unknown, with the nearest known one, or has a wrong value
 */
export function readOptions(
  written: Readonly<Record<string, unknown>>,
  known: Readonly<Record<string, Option>>,
  where: string,
): Readonly<Record<string, unknown>> {
  for (const [name, value] of Object.entries(written)) {
    const option = Object.hasOwn(known, name) ? known[name] : undefined;
    if (!option) {
      const suggestion = nearest(name, Object.keys(known));
      throw new OptionError(
        `${where}: unknown option '${name}'${suggestion ? `, did you mean '${suggestion}'?` : `; there are ${Object.keys(known).join(", ")}`}`,
      );
    }
    if (!fits(option.schema, value))
      throw new OptionError(
        `${where}: option '${name}' can't be ${JSON.stringify(value)}; it is ${expected(option.schema)}`,
      );
  }
  return written;
}
