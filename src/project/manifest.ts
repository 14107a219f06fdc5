import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { parse, type ParseError } from "jsonc-parser";
import { InputError } from "./input-error.js";
import { jsonError } from "./json-error.js";
import { readSource, type SourceText } from "./source-text.js";
import { namer } from "./slashes.js";

type Dependencies = Readonly<Record<string, string>>;

/** The lists of a package.json in which a package may stand. */
export const dependencyLists = [
  "dependencies",
  "devDependencies",
  "peerDependencies",
  "optionalDependencies",
] as const;
export type DependencyList = (typeof dependencyLists)[number];

/** What a package.json says, as far as it is of interest here. */
export interface Manifest extends Partial<Record<DependencyList, Dependencies>> {
  readonly name?: string;
  readonly scripts?: Readonly<Record<string, string>>;
  readonly workspaces?: unknown;
  readonly [key: string]: unknown;
}

export interface ManifestFile {
  /** Absolute path. */
  readonly path: string;
  readonly source: SourceText;
  readonly manifest: Manifest;
}

/** The nearest package.json, upwards from a folder. */
export function manifestAbove(folder: string): string | undefined {
  for (let current = folder; ; current = dirname(current)) {
    const path = join(current, "package.json");
    if (existsSync(path)) return path;
    if (dirname(current) === current) return undefined;
  }
}

/** @throws InputError where it is no JSON object */
export function readManifest(path: string, cwd: string): ManifestFile {
  const name = namer(cwd)(path) || path;
  const source = readSource(path);
  if (!source) throw new InputError(`${name} is a binary file`);
  const errors: ParseError[] = [];
  const manifest = parse(source.text, errors) as Manifest | undefined;
  const [error] = errors;
  if (error) throw new InputError(`${name}${jsonError(source.text, error)}`);
  if (typeof manifest !== "object" || manifest === null || Array.isArray(manifest))
    throw new InputError(`${name}: an object is expected`);
  return { path, source, manifest };
}

/** The list that names a package, and the range it names; undefined where none does. */
export function declared(
  manifest: Manifest,
  name: string,
): { readonly list: DependencyList; readonly range: string } | undefined {
  for (const list of dependencyLists) {
    const range = manifest[list]?.[name];
    if (range !== undefined) return { list, range };
  }
  return undefined;
}
