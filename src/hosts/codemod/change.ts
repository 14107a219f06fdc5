import { applyEdits, type Edit, type FilePlan } from "../../engine/index.js";
import { InputError } from "../../project/input-error.js";
import { encode, isFaithful, readSource, type SourceText } from "../../project/source-text.js";

/** A file and what it is to become. */
export interface Change {
  /** Absolute path. */
  readonly path: string;
  /** Relative to the working directory, with slashes. */
  readonly name: string;
  /** What is on disk; undefined for a file that is to be made. */
  readonly before: SourceText | undefined;
  readonly after: string;
  /** How many call sites become an R-form. */
  readonly rewrites: number;
}

/** The bytes that a change writes. */
export function bytesOf({ before, after }: Change): Buffer {
  return before ? encode(before, after) : Buffer.from(after, "utf8");
}

/**
 * The changes that plans ask for.
 *
 * @param editsOf what is to be edited in the file of a plan, in ascending order
 * @throws InputError where a file can't be written back as it was read
 */
export function changesOf(
  plans: readonly FilePlan[],
  editsOf: (plan: FilePlan) => readonly Edit[],
  nameOf: (fileName: string) => string,
): Change[] {
  return plans.flatMap((plan) => {
    const { file, rewrites } = plan;
    const edits = editsOf(plan);
    const after = applyEdits(file.text, edits);
    if (after === file.text) return [];
    const before = readSource(file.fileName);
    const name = nameOf(file.fileName);
    if (before?.text !== file.text) throw new InputError(`${name} was changed while it was being looked at`);
    if (!isFaithful(before))
      throw new InputError(
        `${name} is not valid UTF-8, so it could not be written back as it is: convert it`,
      );
    return [{ path: file.fileName, name, before, after, rewrites: rewrites.length }];
  });
}
