import { applyEdits, findNodeAtLocation, parseTree } from "jsonc-parser";
import { insertMember, isOnLines, memberText } from "./jsonc-members.js";
import type { DependencyList } from "./manifest.js";

/** A package.json with one more dependency. npm sorts them by name; everything else in the file stays as it is. */
export function withDependency(text: string, list: DependencyList, name: string, range: string): string {
  return withMember(text, list, name, range, true);
}

/** A package.json with a script, in the place of the one of that name if there is one. */
export function withScript(text: string, name: string, command: string): string {
  return withMember(text, "scripts", name, command, false);
}

function withMember(text: string, list: string, name: string, value: string, isSorted: boolean): string {
  const root = parseTree(text)!;
  const container = findNodeAtLocation(root, [list]);
  if (container?.type !== "object") {
    const object = { [name]: value };
    const edits = container
      ? [{ offset: container.offset, length: container.length, content: JSON.stringify(object) }]
      : insertMember(text, root, memberText(text, list, object, isOnLines(text, root)));
    return applyEdits(text, edits);
  }
  const known = findNodeAtLocation(container, [name]);
  if (known)
    return applyEdits(text, [{ offset: known.offset, length: known.length, content: JSON.stringify(value) }]);
  const names = container.children!.map((member) => String(member.children![0]!.value));
  const after = isSorted ? names.findIndex((each) => each > name) : -1;
  const index = after < 0 ? names.length : after;
  return applyEdits(text, insertMember(text, container, memberText(text, name, value, false), index));
}
