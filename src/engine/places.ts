import type ts from "typescript";
import { namesThatTell } from "./names-that-tell.js";
import { escapedLetter } from "./prefilter.js";

/** Where in a file names stand that matter. A walk leaves out what has none. */
export interface Places {
  /** Does one stand in the node, or in the comments before it? */
  within(node: ts.Node): boolean;
  /** With other names, too; the same where the file has none of them. */
  with(names: Iterable<string>): Places;
}

const everywhere: Places = { within: () => true, with: () => everywhere };

const known = new WeakMap<ts.SourceFile, Places>();

/**
 * Where the names of the tables stand in a file's text, those by which its functions are reached, and keys that only the
 * types may tell. They stand in comments and texts as well: it says yes for nothing, and never no wrongly.
 */
export function placesIn(file: ts.SourceFile): Places {
  let places = known.get(file);
  if (!places) {
    places = spelled.test(file.text) ? everywhere : new PlacesOf(file.text, ofTables);
    known.set(file, places);
  }
  return places;
}

/** Leaves nothing out of any walk through the file: what leaves out is compared with that. */
export function lookEverywhere(file: ts.SourceFile): void {
  known.set(file, everywhere);
}

/** A letter written as an escape could be one of any name. */
const spelled = new RegExp(escapedLetter);

class PlacesOf implements Places {
  private readonly starts: readonly number[];

  constructor(
    private readonly text: string,
    private readonly names: Names,
  ) {
    this.starts = startsOf(text, names);
  }

  within({ pos, end }: ts.Node): boolean {
    const { starts } = this;
    let [low, high] = [0, starts.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (starts[middle]! < pos) low = middle + 1;
      else high = middle;
    }
    return low < starts.length && starts[low]! < end;
  }

  with(names: Iterable<string>): Places {
    const more = [...names].filter((name) => !this.names.has(name));
    if (more.length === 0) return this;
    return more.every((name) => plain.test(name))
      ? new PlacesOf(this.text, this.names.with(more))
      : everywhere;
  }
}

/** A name that the scan takes for one. */
const plain = /^[\w$]+$/;

/** One scan. What is no letter of ASCII may be a space: it ends a name. */
function startsOf(text: string, names: Names): number[] {
  const starts: number[] = [];
  for (let index = 0; index < text.length; index++) {
    let code = text.charCodeAt(index);
    if (code === openBracket) {
      noKey.lastIndex = index;
      if (!noKey.test(text)) starts.push(index);
    }
    if (code === hash && isSpecifier(text, index)) starts.push(index);
    if (!isPartOfName(code)) continue;
    const start = index;
    let sum = 0;
    do {
      sum = nextHash(sum, code);
      code = text.charCodeAt(++index);
    } while (isPartOfName(code));
    if (names.mayHave(sum) && names.has(text.slice(start, index))) starts.push(start);
    index--;
  }
  return starts;
}

const openBracket = "[".charCodeAt(0);
const hash = "#".charCodeAt(0);
/** `number[]`, `list[0]` */
const noKey = /\[\s*(?:\d+\s*)?\]/y;

/** `export * from "#net"`: whatever else loads has a name that tells. Not a colour. */
function isSpecifier(text: string, hashAt: number): boolean {
  return /\bfrom\b[^;"']*["']$/.test(text.slice(Math.max(0, hashAt - 80), hashAt));
}

/** `[A-Za-z0-9_$]`; not NaN, which is after the end. */
function isPartOfName(code: number): boolean {
  return (
    (code >= 97 && code <= 122) ||
    (code >= 65 && code <= 90) ||
    (code >= 48 && code <= 57) ||
    code === 95 ||
    code === 36
  );
}

/** Names, and the hashes that they have: a text is compared with none whose hash it hasn't. */
class Names {
  private readonly hashes = new Uint8Array(1 << 14);

  constructor(private readonly all: ReadonlySet<string>) {
    for (const name of all) {
      let hash = 0;
      for (let index = 0; index < name.length; index++) hash = nextHash(hash, name.charCodeAt(index));
      this.hashes[hash % this.hashes.length] = 1;
    }
  }

  mayHave(hash: number): boolean {
    return this.hashes[hash % this.hashes.length] === 1;
  }

  has(name: string): boolean {
    return this.all.has(name);
  }

  with(more: Iterable<string>): Names {
    return new Names(new Set([...this.all, ...more]));
  }
}

const nextHash = (hash: number, code: number): number => (hash * 31 + code) & 0xffffff;

const ofTables = new Names(namesThatTell);
