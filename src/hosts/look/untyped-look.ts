import { relative } from "node:path";
import { planSites, type FoundSite } from "../../deps/openings.js";
import { placesOf } from "../../deps/findings.js";
import { mayOpen, planFiles, type DecideOptions } from "../../engine/index.js";
import { compilerFor } from "../../project/compiler.js";
import { untypedFile } from "../../resolvers/untyped.js";
import type { Look, Message } from "./look.js";

/**
 * Whose text it is:
 *
 * - `package`: a package's, as it was published.
 * - `changed`: a file's of the user, but another plugin has changed it, or has made it from the file.
 * - `nameless`: the user's, in a file whose name says nothing of its language, or in none.
 * - `virtual`: some plugin's, or the bundler's own; there is no file.
 */
export type TextKind = "package" | "changed" | "nameless" | "virtual";

/**
 * The look at a text whose types nobody knows. It is never rewritten, and never passed over in silence: where it has a call
 * site, that is a warning and, in what the user wrote, an error; a method there that may be a socket's is a warning.
 *
 * @param path the module's path, or the bundler's name for what is no file
 * @param directory what its name in messages is relative to
 * @param order what to do where another plugin came first
 */
export function untypedLook(
  path: string,
  text: string,
  kind: TextKind,
  directory: string,
  order: string,
  options: DecideOptions,
): Look | undefined {
  if (kind === "package" && !mayOpen(text)) return undefined;
  const { ts } = compilerFor(directory);
  const { file, resolver } = untypedFile(ts, path.replaceAll("\\", "/"), text);
  const isUsers = kind === "changed" || kind === "nameless";
  const any = isUsers ? "warn" : "ignore";
  const [plan] = planFiles(ts, [file], resolver, { ...options, any });
  const name = relative(directory, path).replaceAll("\\", "/");
  const sites = planSites(ts, plan!, name).sort((a, b) => a.line - b.line);
  const opening = sites.filter(({ becomes, severity }) => becomes !== undefined || severity === "error");
  const unclear = sites.filter(({ code }) => code === "SOCKS1004");
  const opened = messageOf(opening, (places) => texts[kind](places, order));
  const errors = isUsers ? opened : [];
  const warnings = [
    ...(isUsers ? [] : opened),
    ...messageOf(unclear, (places) => texts.unclear(places, order)),
  ];
  if (errors.length + warnings.length === 0) return undefined;
  return { text, errors, warnings, sites: opening.length, decisive: [], missing: () => [] };
}

/** One message for all of them, at the first one's place. */
function messageOf(sites: readonly FoundSite[], textOf: (places: string) => string): Message[] {
  const [first] = sites;
  return first ? [{ text: textOf(placesOf(sites)), line: first.line, column: first.column }] : [];
}

const texts: Readonly<Record<TextKind | "unclear", (places: string, order: string) => string>> = {
  package: (places) =>
    `SOCKS1201: this package's code stays as it is, and opens sockets directly: ${places}. Name the package under 'packages' in the configuration to have it rewritten, too; 'tsocksify lint --deps' tells what else can be done about it.`,
  changed: (places, order) =>
    `tsocksify can't rewrite ${places}: the text is not what is on disk, because something else came first, so that nothing is known of its types. ${order}`,
  nameless: (places) =>
    `tsocksify can't rewrite ${places}: it is in no file with a name of TypeScript or JavaScript, so that nothing is known of its types. Put what opens sockets into a .ts or .js file.`,
  virtual: (places) =>
    `tsocksify can't rewrite ${places}: the module is no file, so that nothing is known of its types, and it connects directly.`,
  unclear: (places) =>
    `SOCKS1004: ${places} may be a socket's, and would connect directly: something else has changed or made this text, or it is in no .ts or .js file, so that nothing is known of its types.`,
};
