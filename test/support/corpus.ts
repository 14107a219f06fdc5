import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
} from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import type ts from "typescript";

const repository = resolve(__dirname, "../..");
const manifest = join(repository, "test/corpus");
const lock = createHash("sha256")
  .update(readFileSync(join(manifest, "package-lock.json")))
  .digest("hex");
const cache = join(repository, "node_modules/.cache/tsocksify", `corpus-${lock.slice(0, 12)}`);

/**
 * Published packages at the versions that test/corpus/package-lock.json names, installed where they are not yet. Tests that
 * run at the same time may ask for them: they are installed aside, and moved into place whole.
 */
export function installCorpus(): void {
  if (existsSync(cache)) return;
  mkdirSync(dirname(cache), { recursive: true });
  const draft = mkdtempSync(`${cache}-`);
  try {
    for (const name of ["package.json", "package-lock.json"]) cpSync(join(manifest, name), join(draft, name));
    const npm = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefix", draft];
    execFileSync("npm", npm, { cwd: draft, stdio: ["ignore", "ignore", "inherit"] });
    renameSync(draft, cache);
  } catch (error) {
    rmSync(draft, { recursive: true, force: true });
    // Somebody else may have been quicker.
    if (!existsSync(cache)) throw error;
  }
}

/** A published package, as it is installed. */
export interface CorpusPackage {
  readonly name: string;
  readonly version: string;
  readonly folder: string;
  /** The absolute names of its JavaScript and TypeScript sources. */
  readonly files: readonly string[];
  /** The names of the packages that it needs. */
  readonly dependencies: readonly string[];
}

/** @param bundles folders of the package that hold copies of its sources, bundled into one file */
export function corpusPackage(name: string, bundles: readonly string[]): CorpusPackage {
  const folder = corpusFolder(name);
  const { version, dependencies = {} } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as {
    version: string;
    dependencies?: Record<string, string>;
  };
  const files = readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && isSource(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => {
      const path = nameIn(folder, file);
      return !path.startsWith("node_modules/") && !bundles.some((bundle) => path.startsWith(`${bundle}/`));
    })
    .sort();
  return { name, version, folder, files, dependencies: Object.keys(dependencies) };
}

/** Where a package of the corpus, or one that it needs, is installed. */
export function corpusFolder(name: string): string {
  return join(cache, "node_modules", name);
}

function isSource(name: string): boolean {
  return /\.[cm]?[jt]sx?$/.test(name) && !/\.d\.[cm]?ts$/.test(name);
}

/** The name of a file within its package, the same on every system. */
export function nameIn(folder: string, file: string): string {
  return relative(folder, file).replaceAll("\\", "/");
}

/** How a package's sources are compiled: each file in the format that Node takes it for. */
export const corpusOptions = (ts: typeof import("typescript")): ts.CompilerOptions => ({
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
  lib: ["lib.es2023.d.ts"],
  types: ["node"],
  typeRoots: [join(cache, "node_modules/@types")],
  strict: true,
  allowJs: true,
  noEmit: true,
  skipLibCheck: true,
  esModuleInterop: true,
});
