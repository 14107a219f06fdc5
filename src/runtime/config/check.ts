import { configurationError } from "../errors/configuration";

/** What an option may be; what is left to whoever reads it is `anything`. */
const KINDS = {
  string: { is: "a string", test: (value: unknown) => typeof value === "string" },
  boolean: { is: "true or false", test: (value: unknown) => typeof value === "boolean" },
  list: { is: "a list", test: Array.isArray },
  strings: {
    is: "a string or a list of strings",
    test: (value: unknown) => [value].flat().every((each) => typeof each === "string"),
  },
  anything: { is: "", test: () => true },
} as const;

/** The options of an object, each with what it may be. */
export type Shape<Options> = Record<keyof Options, keyof typeof KINDS>;

/**
 * Holds an object from a program that may not be checked by a compiler to what can be obeyed: an option that is
 * misspelt would be passed over, and a proxy, a rule or a password with it.
 *
 * @param what it is, for messages: "the option proxy"
 * @throws SocksError ESOCKSBADCONF for what is no object, an option that does not exist, or a value of another type
 */
export function checkOptions<Options extends object>(
  given: Options,
  shape: Shape<Options>,
  what: string,
): void {
  if (typeof given !== "object" || given === null || Array.isArray(given))
    throw configurationError(
      `${what} is no object`,
      `Give an object with: ${Object.keys(shape).join(", ")}.`,
    );
  for (const [name, value] of Object.entries(given)) {
    if (!Object.hasOwn(shape, name))
      throw configurationError(
        `${what} has "${name}", which does not exist`,
        `There are: ${Object.keys(shape).join(", ")}.`,
      );
    const { is, test } = KINDS[shape[name as keyof Options]];
    if (value !== undefined && !test(value))
      throw configurationError(`${what}: ${name} is not ${is}`, "Correct it, or leave it out.");
  }
}
