/** As `tsc` decides: the option, else whether a terminal is looking. */
export function isPretty(option: boolean | undefined): boolean {
  if (option !== undefined) return option;
  if (process.env.NO_COLOR) return false;
  return process.env.FORCE_COLOR ? true : process.stdout.isTTY === true;
}
