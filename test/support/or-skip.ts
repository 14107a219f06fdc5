/** Skips what can't be installed, except in CI, where everything must be. */
export function orSkip<T>(get: () => T): { value: T; skip: false } | { skip: string } {
  try {
    return { value: get(), skip: false };
  } catch (error) {
    if (process.env.CI === "true" || !/could not be installed/.test(String(error))) throw error;
    return { skip: String(error) };
  }
}
