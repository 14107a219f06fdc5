import { applyEdits, findNodeAtLocation, getNodeValue, parseTree, type Node } from "jsonc-parser";
import { insertMember, removeMember } from "../project/jsonc-members.js";

const PLUGIN = "tsocksify/transformer";

interface Entry {
  readonly transform?: unknown;
  readonly [option: string]: unknown;
}

/**
 * A tsconfig.json with our plugin.
 *
 * @param inherited the entries of a file that it extends, which a list of its own would hide
 */
export function withPlugin(text: string, inherited: readonly unknown[]): string {
  const entry = `{ "transform": "${PLUGIN}" }`;
  const root = parseTree(text, [], { allowTrailingComma: true });
  const plugins = root && findNodeAtLocation(root, ["compilerOptions", "plugins"]);
  if (plugins?.type === "array") return applyEdits(text, insertMember(text, plugins, entry));
  const all = [...inherited.map((each) => JSON.stringify(each)), entry].join(", ");
  const member = `"plugins": [${all}]`;
  const options = root && findNodeAtLocation(root, ["compilerOptions"]);
  if (options?.type === "object") return applyEdits(text, insertMember(text, options, member));
  return root ? applyEdits(text, insertMember(text, root, `"compilerOptions": { ${member} }`)) : text;
}

/** What a tsconfig.json itself, without what it extends, says of our plugin. */
export function ownEntry(text: string): Entry | undefined {
  const entry = locate(text)?.entry;
  return entry && (getNodeValue(entry) as Entry);
}

/** A tsconfig.json without our plugin, and without the list where nothing else is in it. */
export function withoutPlugin(text: string): string {
  const found = locate(text);
  if (!found) return text;
  const { options, plugins, entry } = found;
  return plugins.children!.length > 1
    ? applyEdits(text, removeMember(text, plugins, entry))
    : applyEdits(text, removeMember(text, options, plugins.parent!));
}

function locate(text: string): { options: Node; plugins: Node; entry: Node } | undefined {
  const root = parseTree(text, [], { allowTrailingComma: true });
  const options = root && findNodeAtLocation(root, ["compilerOptions"]);
  const plugins = options && findNodeAtLocation(options, ["plugins"]);
  const entry = plugins?.children?.find((each) => (getNodeValue(each) as Entry | null)?.transform === PLUGIN);
  return options && plugins && entry ? { options, plugins, entry } : undefined;
}
