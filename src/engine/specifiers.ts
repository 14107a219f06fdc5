/**
 * The path that a relative specifier means, without its extension.
 *
 * @param fileName absolute path, with slashes, of the file that has the specifier
 * @returns undefined for the name of a package
 */
export function resolvedFrom(fileName: string, specifier: string): string | undefined {
  if (!isRelative(specifier)) return undefined;
  const steps = fileName.split("/").slice(0, -1);
  for (const step of specifier.split("/"))
    if (step === "..") steps.pop();
    else if (step !== "." && step !== "") steps.push(step);
  return withoutExtension(steps.join("/"));
}

/** `/a/b.d.ts`, `/a/b.js` and `/a/b/index.ts` are `/a/b`: what the one is imported by, the others are too. */
export function withoutExtension(fileName: string): string {
  return fileName.replace(/(?:\.d)?\.[cm]?[jt]sx?$/, "").replace(/\/index$/, "");
}

/** The specifiers that a text seems to import, export from or require; a path of `/// <reference path>` is relative. */
export function specifiersIn(text: string): string[] {
  const found = [...text.matchAll(imported)].map((match) => match[1]!);
  const referenced = referencesIn(text).map((path) => (isAbsolutePath.test(path) ? path : `./${path}`));
  return [...new Set([...found, ...referenced])];
}

/** The paths of `/// <reference path>`. */
export function referencesIn(text: string): string[] {
  if (!text.includes("<reference")) return [];
  return [...text.matchAll(reference)].map((match) => match[1]!);
}

/** Those of {@link specifiersIn} that are relative paths. */
export function relativeSpecifiers(text: string): string[] {
  return specifiersIn(text).filter(isRelative);
}

export function isRelative(specifier: string): boolean {
  return /^\.{1,2}(?:\/|$)/.test(specifier);
}

const imported = /(?:\bfrom|\bimport|\brequire)\s*\(?\s*["'`]([^"'`\n]+)["'`]/g;
const reference = /^\s*\/\/\/\s*<reference\s+path\s*=\s*["']([^"'\n]+)["']/gm;
const isAbsolutePath = /^(?:[\\/]|[A-Za-z]:)/;
