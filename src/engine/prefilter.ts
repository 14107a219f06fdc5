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

/** `[key]`, after what it is a key of: not `[0]`, `["name"]`, `[Symbol.iterator]`. */
const key = String.raw`[\w$)\]!?.]\s*\[(?!\s*(?:\d+|Symbol\.[^\]]+|"[^"\n]*"|'[^'\n]*'|\x60[^\x60$]*\x60)\s*\])[^\[\]]{1,80}(?:\[[^\[\]]{0,40}\][^\[\]]{0,40})?\]`;

/** `(x as T)`, `x!` */
const cast = String.raw`[\s!)]*(?:as\s[^()\n]{1,40}\)\s*)?`;

/** `.call(…)` */
const withReceiver = String.raw`\??\.\s*(?:call|apply|bind)\s*\(`;

/**
 * `sock[key](…)`, `sock["con" + rest](…)`, `sock[key].bind(sock)`, `Reflect.apply(sock[key], …)`: the receiver's type may come
 * from anywhere. Not a link in a comment.
 */
const calledByKey = String.raw`\](?=${cast}(?:(?:\?\.\s*)?\((?!https?:|#|\.{0,2}\/(?![*/]))|${withReceiver}))(?<=${key})|\bReflect\s*\.\s*apply\s*\(|\.\s*invoke\s*\(`;

/** What is called with a receiver: `dial` of `dial.call(line)`. It looks back from a word: each word could begin it. */
const receiving = new RegExp(String.raw`\b(?:call|apply|bind)\s*\((?<=([\w$]+)\s*!?\s*${withReceiver})`, "g");

/**
 * `const dial = line[key]`, `{ dial: line[key] }`, `const { [key]: dial } = line`: half of all files take something, and a method that is taken does
 * nothing before it gets a receiver.
 */
function callsTaken(text: string): boolean {
  const names = new Set([...text.matchAll(receiving)].map((match) => match[1]!));
  return names.size > 0 && new RegExp(takenAs(names)).test(text);
}

const takenAs = (names: Iterable<string>): string =>
  String.raw`(?<![\w$])(?:${anyOf(names)})(?:(?:\s*:[^=\n]{1,60})?\s*=(?![=>])|\s*:)[^=;]{0,80}?${key}|[{,]\s*\[[^\[\]]{1,80}\]\s*:\s*(?:${anyOf(names)})(?![\w$])`;

/**
 * `globalThis[name](…)`, `process[name](…)`. It looks ahead from a word: a bracket to begin with would stop the scan all
 * over the text.
 */
const unnamed = String.raw`\b(?:${anyOf([...globalObjects, ...Object.keys(globalTable.aliases ?? {})])})\s*(?:\?\.)?\[\s*(?!\d|["'][^"']*["']\s*\])`;

/** `new ((async () => {}).constructor)(…)`, `[].constructor.constructor(…)`: Function, by its own words. */
const saidConstructor = String.raw`\bconstructor\b(?<=(?:[)}]|\bconstructor)\s*\??\.\s*constructor)`;

/** `setTimeout.constructor(…)`, `make["constructor"]`, `{ constructor: Make }`: Function, by what types say. Not `x.constructor.name`. */
const anyConstructor = String.raw`\bconstructor\b(?:(?<=\.\s*constructor)(?<!\b(?:this|super)\s*\??\.\s*constructor)(?!\s*(?:\.(?!\s*(?:call|apply|bind)\b)|[!=]==?))|(?<=["'\x60]constructor)["'\x60]\s*\]|(?<=[{,]\s*(?:\[\s*)?["'\x60]?constructor)["'\x60]?\s*\]?\s*[:,}])`;

/**
 * `"node:net"`, a path of a package that counts as a whole, and `from "#net"`, `require("#net")`: what that stands for, the
 * package.json says. One quote begins all of them, and the scan stops there once.
 */
const subpath = String.raw`#(?<=\b(?:from|import|require\w*)\s*(?:\?\.\s*)?\(?\s*["'\x60]#)`;
const anyModule = String.raw`(?:node:)?(?:${anyOf([...moduleNames, berkeley.module])})["'\x60]`;
const anyPath = String.raw`(?:${anyOf(wholeModules.map(({ module }) => module))})/`;
const quoted = (...texts: readonly string[]): string =>
  String.raw`["'\x60](?:${[anyModule, anyPath, subpath, ...texts].join("|")})`;
const anyGlobal = [...globalNames, ...globalModuleNames];

const pattern = new RegExp(
  [
    quoted("data:text/javascript"),
    String.raw`\b(?:${anyOf([...memberNames, ...anyGlobal])})\b`,
    escapedLetter,
    unknownSpecifier,
    escapingRequire,
    unnamed,
    anyConstructor,
    handedGlobal,
    keptGlobal,
    calledByKey,
    // A suppression that is left where nothing matters any more is reported.
    "tsocksify-ignore",
  ].join("|"),
);

const withoutMembers = new RegExp(
  [
    quoted(),
    String.raw`\b(?:${anyOf(anyGlobal)})\b`,
    escapedLetter,
    unknownSpecifier,
    escapingRequire,
    unnamed,
    saidConstructor,
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
  return pattern.test(text) || callsTaken(text) || (modules.length > 0 && mentionsBerkeley(text));
}

/** Can this text contain a call site that isn't a method of some object? As {@link mayMatter}, and says no more often. */
export function mayOpen(text: string): boolean {
  return withoutMembers.test(text);
}

/** As {@link mayMatter}, where it is not known yet whether the option `modules` names any. */
export function mayMatterSomewhere(text: string): boolean {
  return pattern.test(text) || callsTaken(text) || mentionsBerkeley(text);
}
