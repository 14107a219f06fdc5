import { mayMatter } from "../engine/index.js";
import { specifiersIn } from "../engine/specifiers.js";
import { readSource } from "./source-text.js";
import { isDeclaration } from "./walk.js";

/** What one look at a file's text, before any parsing, says of it. */
export interface Survey {
  readonly isBinary: boolean;
  /** Whether it may have a call site. */
  readonly mayMatter: boolean;
  /** Whether it declares names that others see without an import. */
  readonly declaresForAll: boolean;
  /** The module specifiers in it, where imports are followed. */
  readonly specifiers: readonly string[];
}

const nothing: Survey = { isBinary: true, mayMatter: false, declaresForAll: false, specifiers: [] };

/** Reads every file once, whatever is asked about it later. */
export class Surveyor {
  private readonly known = new Map<string, Survey>();

  /**
   * @param modules what the option `modules` names
   * @param isFollowing whether the files that others import are wanted
   */
  constructor(
    private readonly modules: readonly string[],
    private readonly isFollowing: boolean,
  ) {}

  /** @throws Node's error where the file can't be read */
  survey(path: string): Survey {
    let survey = this.known.get(path);
    if (!survey) this.known.set(path, (survey = look(path, this.modules, this.isFollowing)));
    return survey;
  }

  /** Every file that was read. */
  get paths(): string[] {
    return [...this.known.keys()];
  }
}

function look(path: string, modules: readonly string[], isFollowing: boolean): Survey {
  const source = readSource(path);
  if (!source) return nothing;
  const { text } = source;
  return {
    isBinary: false,
    mayMatter: !isDeclaration(path) && mayMatter(text, modules),
    declaresForAll: isDeclaration(path) || declaresForAll(text),
    specifiers: isFollowing ? specifiersIn(text) : [],
  };
}

function declaresForAll(text: string): boolean {
  if (/\bdeclare\s+(?:global\b|module\s+["'])/.test(text)) return true;
  // A script: what it declares is global. CommonJS is no script.
  return !/^\s*(?:import|export)\b|\brequire\s*\(|\bmodule\.exports\b|\bexports\./m.test(text);
}
