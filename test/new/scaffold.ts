import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { finding } from "./finding.js";
import { fixture } from "./fixture.js";
import { Refused } from "./refused.js";
import { table } from "./table.js";

/** What comes of a name: files, by their paths from the repository's root. */
export interface Draft {
  readonly created: Readonly<Record<string, string>>;
  /** Whole new contents. */
  readonly changed: Readonly<Record<string, string>>;
  /** What is left to do, a line each. */
  readonly next: readonly string[];
}

/** A kind of thing that can be added; one file each. */
export interface Kind {
  readonly kind: string;
  /** What a name looks like, for messages. */
  readonly names: string;
  readonly pattern: RegExp;
  /**
   * @param read gives the content of a file of the repository
   * @throws Refused
   */
  draft(name: string, read: (path: string) => string): Draft;
}

export const kinds: readonly Kind[] = [table, finding, fixture];

/**
 * Adds a table, a finding or a fixture to the repository at `root`.
 *
 * @throws Refused
 */
export function scaffold(root: string, kindName = "", name = ""): Draft {
  const kind = kinds.find((each) => each.kind === kindName);
  if (!kind) {
    const usage = kinds.map((each) => each.kind).join("|");
    throw new Refused(
      `${kindName === "" ? "what?" : `no such kind: ${kindName};`} npm run new -- ${usage} NAME`,
    );
  }
  if (!kind.pattern.test(name)) throw new Refused(`${kindName} '${name}': a name is ${kind.names}`);
  const draft = kind.draft(name, (path) => readFileSync(join(root, path), "utf8"));
  const [taken] = Object.keys(draft.created).filter((path) => existsSync(join(root, path)));
  if (taken !== undefined) throw new Refused(`${taken} is there already`);
  for (const [path, content] of Object.entries({ ...draft.created, ...draft.changed })) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
  }
  return draft;
}
