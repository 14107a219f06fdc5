/**
 * The path that a relative specifier means, without its extension.
 *
 * @param fileName absolute path, with slashes, of the file that has the specifier
 * @returns undefined for the name of a package
 */
export function resolvedFrom(fileName: string, specifier: string): string | undefined {
  if (!/^\.{1,2}(?:\/|$)/.test(specifier)) return undefined;
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

/** The relative specifiers that a text seems to import, export from or require. */
export function relativeSpecifiers(text: string): string[] {
  const pattern = /(?:\bfrom|\bimport|\brequire)\s*\(?\s*["'`](\.{1,2}(?:\/[^"'`\n]*)?)["'`]/g;
  return [...new Set([...text.matchAll(pattern)].map((match) => match[1]!))];
}
