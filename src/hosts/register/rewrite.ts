import { existsSync } from "node:fs";
import Module from "node:module";
import { dirname, extname, join, sep } from "node:path";
import { Packages } from "../../deps/package.js";
import { mayMatterSomewhere } from "../../engine/prefilter.js";
import { findConfig } from "../../options/index.js";
import { readableText } from "../../project/source-text.js";
import { namer } from "../../project/slashes.js";
import { isSource } from "../../project/walk.js";
import type { Look, Message } from "../look/look.js";
import type { Looks } from "../look/looks.js";
import { withInlineMap } from "../look/source-map.js";

/** What the user is told where something came first. */
export const order =
  "Put '--import tsocksify/register' before the other --import options or, where there are --require ones, '--require tsocksify/register' before all of them.";

/** The folder of this package's code. */
const self = join(__dirname, "../..", sep);
const inPackage = /[\\/]node_modules[\\/]/;
const packages = new Packages();
/** What the configuration of each project names, by its folder. */
const namedPackages = new Map<string, readonly string[]>();
/** The looks of each project, by its folder. */
const projects = new Map<string, Looks>();
/** What has become of texts, by path. Hooks may be asked twice, and then they are shown what they gave. */
const results = new Map<string, string>();
const told = new Set<string>();
/** Is the compiler being loaded, or at work? What it loads by itself is not the program's. */
let isBusy = false;

/** A file's text without a byte order mark, and the one that is to run instead; as {@link rewrite}. */
export function rewriteFile(path: string): { readonly text: string; readonly code: string } | undefined {
  const text = isLeftAlone(path) ? undefined : readableText(path);
  const code = text === undefined ? undefined : rewrite(path, text);
  return code === undefined ? undefined : { text: text!, code };
}

/**
 * The text that is to run instead of a module's. Nothing but one scan of the text happens for a module that can't matter.
 *
 * @param path absolute path of the module
 * @returns undefined where it stays as it is
 * @throws Error with the code ESOCKSFINDING, where it can't be SOCKSified; OptionError, InputError where the project's
 *   configuration is wrong
 */
export function rewrite(path: string, text: string): string | undefined {
  if (isLeftAlone(path) || results.get(path) === text || !mayMatterSomewhere(text)) return undefined;
  if (!isWanted(path)) return undefined;
  return busily(() => {
    const look = looksFor(folderOf(path)).at(path, text);
    if (look) tell(namer(process.cwd())(path), look);
    const code = look?.rewritten && withInlineMap(look.rewritten);
    if (code !== undefined) results.set(path, code);
    return code;
  });
}

/**
 * Stops a program that is in no file, where it opens a socket.
 *
 * @throws as {@link rewrite} does
 */
export function refuse(name: string, text: string): void {
  if (isBusy || !mayMatterSomewhere(text)) return;
  busily(() => {
    const look = looksFor(process.cwd()).untyped(name, text, "nameless");
    if (look) tell(name, look);
  });
}

function busily<Result>(work: () => Result): Result {
  isBusy = true;
  try {
    return work();
  } finally {
    isBusy = false;
  }
}

/** What is no program's, and tsocksify itself, whose server dials as it is. */
function isLeftAlone(path: string): boolean {
  return isBusy || !isProgram(path) || path.startsWith(self);
}

/** Node takes for JavaScript what nobody takes for anything else: `bin/tool`. */
function isProgram(path: string): boolean {
  const { _extensions } = Module as unknown as { readonly _extensions: object };
  return isSource(path) || !(extname(path) in _extensions);
}

/** Is it no package's, or that of one which the configuration names? */
function isWanted(path: string): boolean {
  if (!inPackage.test(path)) return true;
  const folder = folderOf(path);
  const named = namedPackages.get(folder) ?? findConfig(folder).config.packages ?? [];
  namedPackages.set(folder, named);
  return named.length > 0 && named.includes(packages.of(path)?.name ?? "");
}

function looksFor(folder: string): Looks {
  let looks = projects.get(folder);
  if (!looks) {
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- large, and most modules don't matter
    const { Looks } = require("../look/looks.js") as typeof import("../look/looks.js");
    projects.set(folder, (looks = new Looks(folder, order)));
  }
  return looks;
}

/** The folder of the project that a file belongs to: that of the nearest tsconfig.json, or else of the nearest package.json. */
function folderOf(path: string): string {
  // A package belongs to the project that it is installed in.
  const [own = path] = path.split(/[\\/]node_modules[\\/]/, 1);
  const start = own === path ? dirname(path) : own;
  return above(start, "tsconfig.json") ?? above(start, "package.json") ?? start;
}

function above(folder: string, name: string): string | undefined {
  for (let each = folder; ; each = dirname(each)) {
    if (existsSync(join(each, name))) return each;
    if (dirname(each) === each) return undefined;
  }
}

/** Warnings are Node's; `--no-warnings` and `process.on("warning")` are the user's. */
function tell(name: string, { errors, warnings }: Look): void {
  const place = ({ text, line, column }: Message): string => `${name}:${line}:${column}: ${text}`;
  for (const warning of warnings.map(place)) {
    if (told.has(warning)) continue;
    told.add(warning);
    process.emitWarning(warning, "SocksWarning");
  }
  if (errors.length > 0)
    throw Object.assign(new Error(errors.map(place).join("\n")), { code: "ESOCKSFINDING" });
}
