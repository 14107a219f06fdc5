/** Something that the command was given can't be worked with: one clear line, and exit code 2. */
export class InputError extends Error {
  override readonly name = "InputError";
}
