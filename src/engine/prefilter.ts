import { berkeley } from "../tables/berkeley.js";
import { globalTable } from "../tables/index.js";
import { mentionsBerkeley } from "./berkeley/linked.js";
import {
  globalModuleNames,
  globalNames,
  memberNames,
  moduleGetters,
  moduleNames,
  wholeModules,
} from "./catalogue.js";
import { globalObjects } from "./syntax.js";

const escape = (name: string): string => name.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&");
const anyOf = (names: Iterable<string>): string => [...names].map(escape).join("|");

/** What ends a line; the separators as the bytes of UTF-8, too, which may be read as Latin-1. */
const lineBreak = String.raw`(?:\r\n?|[\n\u2028\u2029]|\xe2\x80[\xa8\xa9])`;

/** A letter written as an escape, in an identifier or a string, or a line that ends within a word, could spell any of the names. */
export const escapedLetter = String.raw`\\(?:(?:u(?:\{0*|00)|x)[4-7][0-9a-fA-F]|1[0-7]{2}|(?<=\w\\)${lineBreak}\w)`;

/** `require(name)`, `import("node:" + name)`: a module that is named by more than one constant. */
const unknownSpecifier = String.raw`\b(?:require|import|${anyOf(moduleGetters)})\s*(?:\?\.\s*)?\(\s*(?:[^"'\x60\s)]|"[^"\n]*"\s*[+.]|'[^'\n]*'\s*[+.]|\x60[^\x60]*\$\{)`;

/** `load = require`, `f(require)`, `require.call(…)`, `module["require"]`: what is called by another name, or called elsewhere. */
const escapingRequire = String.raw`\brequire\b(?:["'\x60]\s*[\]:]|\s*(?:[),;}\]:]|\.\s*(?:call|apply|bind)\b)|(?<=[=?:]\s*require)\s*${lineBreak})`;

const globalObject = `(?:${anyOf(globalObjects)})`;

/** `load(globalThis)`, which may be asked for anything there, and `Reflect.get(thing, key)`. */
const handedGlobal = String.raw`\b${globalObject}\s*(?:[,)}\]]|as\b)|Reflect\s*\.\s*get\s*\(`;

/**
 * `root: any = globalThis`, `(): any => globalThis`, `this.late = globalThis`, `return globalThis`, `… ? self : global`: it is kept,
 * under another type maybe. Who returns `self` has mostly made it.
 */
const keptGlobal = String.raw`\b${globalObject}\b(?<=(?<![=!<>])=>?\s*\w+)(?!\s*[.[(])|\b(?:return|yield)\s+(?:globalThis|global|window)\b(?!\s*[.[(])|\?\s*${globalObject}\s*:`;

/**
 * `sock[key](…)`, `sock["con" + rest](…)`: the receiver's type may come from anywhere. Not `[Symbol.iterator](…)`, nor a link in
 * a comment.
 */
const called = String.raw`\s*\]\s*(?:\?\.\s*)?\(`;
const calledByKey = String.raw`\]\s*(?:\?\.\s*)?\((?!https?:\/\/)(?:(?<=\[\s*[\w$.]+${called})(?<!\[\s*(?:\d+|Symbol\.\w+)${called})|(?<=["'\x60]\s*\+[^[\]\n]{0,60}${called}))`;

/**
 * `globalThis[name](…)`, `process[name](…)`, `new ((async () => {}).constructor)(…)`, `[].constructor.constructor(…)`. It
 * looks back from a word: a bracket to begin with would stop the scan all over the text.
 */
const unnamed = String.raw`\b(?:${anyOf([...globalObjects, ...Object.keys(globalTable.aliases ?? {})])})\s*(?:\?\.)?\[\s*(?!\d|["'][^"']*["']\s*\])|\bconstructor\b(?<=(?:[)}]|\bconstructor)\s*\??\.\s*constructor)`;

const anyModule = String.raw`["'\x60](?:node:)?(?:${anyOf([...moduleNames, berkeley.module])})["'\x60]`;
const anyPath = String.raw`["'\x60](?:${anyOf(wholeModules.map(({ module }) => module))})/`;
const anyGlobal = [...globalNames, ...globalModuleNames];

const pattern = new RegExp(
  [
    anyModule,
    anyPath,
    String.raw`\b(?:${anyOf([...memberNames, ...anyGlobal])})\b`,
    escapedLetter,
    unknownSpecifier,
    escapingRequire,
    unnamed,
    handedGlobal,
    keptGlobal,
    calledByKey,
    // A suppression that is left where nothing matters any more is reported.
    "tsocksify-ignore",
  ].join("|"),
);

const withoutMembers = new RegExp(
  [
    anyModule,
    anyPath,
    String.raw`\b(?:${anyOf(anyGlobal)})\b`,
    escapedLetter,
    unknownSpecifier,
    escapingRequire,
    unnamed,
    handedGlobal,
    keptGlobal,
  ].join("|"),
);

/**
 * Can this text contain a call site at all? One scan of the raw text, so that nothing slow runs on a file
 * that can't matter. It may say yes for nothing (a comment); it never says no wrongly.
 *
 * @param text the file's source text
 * @param modules what the option `modules` names
 */
export function mayMatter(text: string, modules: readonly string[] = []): boolean {
  return pattern.test(text) || (modules.length > 0 && mentionsBerkeley(text));
}

/** Can this text contain a call site that isn't a method of some object? As {@link mayMatter}, and says no more often. */
export function mayOpen(text: string): boolean {
  return withoutMembers.test(text);
}

/** As {@link mayMatter}, where it is not known yet whether the option `modules` names any. */
export function mayMatterSomewhere(text: string): boolean {
  return pattern.test(text) || mentionsBerkeley(text);
}
