import { Refused } from "./refused.js";

/**
 * The text of an index with one more entry: its import, by the order of the specifiers, and its name in the list, by the
 * order of the names where they have one.
 *
 * @throws Refused where the name is taken, or none
 */
export function withEntry(index: string, constant: string, specifier: string): string {
  if (!isName(constant) || new RegExp(String.raw`\b${constant}\b`).test(index))
    throw new Refused(`'${constant}', as which it would be listed, is no name, or taken`);
  return withName(withImport(index, constant, specifier), constant);
}

/** `fails-components_webtransport`: failsComponentsWebtransport */
export function camelCase(name: string): string {
  const joined = name.replace(/[._-]+(\w)/g, (_, letter: string) => letter.toUpperCase());
  return /^\d/.test(joined) ? `_${joined}` : joined;
}

/** @param constant letters, digits and underscores */
function isName(constant: string): boolean {
  try {
    new Function(`"use strict"; const ${constant} = 0;`);
    return true;
  } catch {
    return false;
  }
}

function withImport(index: string, constant: string, specifier: string): string {
  const line = `import { ${constant} } from "${specifier}";\n`;
  const imports = [...index.matchAll(/^import [^;]* from "(\.\/[^"]+)";\n/gm)];
  const after = imports.find(([, other]) => other! > specifier);
  const last = imports.at(-1);
  const at = after?.index ?? (last ? last.index + last[0].length : 0);
  return index.slice(0, at) + line + index.slice(at);
}

function withName(index: string, constant: string): string {
  const list = /\[\] = \[\n((?: {2}\w+,\n)+)\];\n/.exec(index);
  if (!list) throw new Error("the index has no list of names");
  const names = list[1]!.match(/\w+/g)!;
  const isSorted = names.every((name, at) => at === 0 || names[at - 1]!.toLowerCase() < name.toLowerCase());
  const place = isSorted ? names.findIndex((name) => name.toLowerCase() > constant.toLowerCase()) : -1;
  const all = names.toSpliced(place < 0 ? names.length : place, 0, constant);
  const start = list.index + list[0].indexOf("\n") + 1;
  return (
    index.slice(0, start) + all.map((name) => `  ${name},\n`).join("") + index.slice(start + list[1]!.length)
  );
}
