import { berkeley } from "../../tables/berkeley.js";

const mentioned = new RegExp(String.raw`\b(?:${Object.keys(berkeley.exports).join("|")})\b`);

/** Does a text name an export of a module with the Berkeley face, or something that is called the same? */
export function mentionsBerkeley(text: string): boolean {
  return mentioned.test(text);
}

/**
 * Can the plan of a file depend on other files' texts? The calling contract follows a descriptor from file to file;
 * all else is decided by types. Files of which this is true are planned together.
 *
 * @param text the file's source text
 * @param modules what the option `modules` names
 */
export function isLinked(text: string, modules: readonly string[] = []): boolean {
  return text.includes(berkeley.module) || (modules.length > 0 && mentionsBerkeley(text));
}
