import { InputError } from "../project/input-error.js";

/**
 * Does something that reads the runtime's configuration.
 *
 * @throws InputError where that can't be read
 */
export function readingConfiguration<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    const { code, reason, remedy } = error as { code?: string; reason?: string; remedy?: string };
    if (code !== "ESOCKSBADCONF") throw error;
    throw new InputError(`${code}: ${reason}. ${remedy}`);
  }
}
