import { existsSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { namesPlugin } from "../hosts/lint/ignored-plugin.js";
import { invocationsOf, type Invocation } from "../project/compile-scripts.js";
import { InputError } from "../project/input-error.js";
import { declared, readManifest, type ManifestFile } from "../project/manifest.js";
import { withSlashes } from "../project/slashes.js";
import { isPatched } from "../project/ts-patch.js";
import { readTsconfig, tsconfigAt, withReferences, type Tsconfig } from "../project/tsconfig.js";
import { typescriptOf } from "../hosts/build/typescript.js";
import { bundlers, npm, packageManagers, testRunners, type PackageManager, type Tool } from "./tools.js";

/** The compiler of a package. */
export interface CompilerFacts {
  readonly major: number;
  readonly minor: number;
  /** As it is said to a person: "TypeScript 5.9.3", "TypeScript ^6.0.0, which is not installed yet". */
  readonly words: string;
  /** Whether `ts-patch install` has patched it, or a script does it. */
  readonly isPatched: boolean;
}

/** What a package has. */
export interface Survey {
  readonly folder: string;
  readonly file: ManifestFile;
  readonly compiler: CompilerFacts | undefined;
  /** Calls of a compiler that write JavaScript. */
  readonly emitting: readonly Invocation[];
  /** Those that compile the package: its own, or else those of the monorepo's root, whose `tsc -b` leads here. */
  readonly compiling: readonly Invocation[];
  readonly invocations: readonly Invocation[];
  /** Those that the compiling calls compile. */
  readonly tsconfigs: readonly Tsconfig[];
  readonly bundlers: readonly string[];
  readonly testRunners: readonly string[];
  readonly manager: PackageManager;
}

/**
 * @param root what the root of the monorepo has, for one of its workspaces
 * @throws InputError where package.json or a tsconfig.json can't be read, or the compiler's version isn't known
 */
export function surveyOf(path: string, cwd: string, root?: Survey): Survey {
  const folder = dirname(path);
  const file = readManifest(path, cwd);
  const { manifest } = file;
  const scripts = manifest.scripts ?? {};
  const invocations = invocationsOf(scripts);
  const projectsOf = ({ project }: Invocation): Tsconfig[] => {
    const given = tsconfigAt(resolve(folder, project ?? "."));
    return existsSync(given) ? withReferences(given, (each) => readTsconfig(each, cwd)) : [];
  };
  const emitting = invocations.filter((each) => each.emits && projectsOf(each).some(emitsCode));
  const used = emitting.flatMap((each) => projectsOf(each).filter(emitsCode));
  const has = ({ packages, command }: Tool): boolean =>
    packages.some((name) => declared(manifest, name)) ||
    (command !== undefined && Object.values(scripts).some((script) => command.test(script)));
  const ownBundlers = bundlers.filter(has).map(({ name }) => name);
  const isLeftToRoot = emitting.length === 0 && ownBundlers.length === 0;
  const fromRoot = isLeftToRoot ? (root?.tsconfigs ?? []).filter(({ path }) => isBelow(path, folder)) : [];
  return {
    folder,
    file,
    compiler: compilerFacts(folder, file) ?? (fromRoot.length > 0 ? root!.compiler : undefined),
    emitting,
    compiling: fromRoot.length > 0 ? root!.compiling : emitting,
    invocations,
    tsconfigs: [...new Map([...used, ...fromRoot].map((each) => [each.path, each])).values()],
    bundlers: ownBundlers,
    testRunners: testRunners.filter(has).map(({ name }) => name),
    manager: packageManagerOf(folder, cwd),
  };
}

function isBelow(path: string, folder: string): boolean {
  return withSlashes(path).startsWith(`${withSlashes(folder)}/`);
}

/** tsc only checks what a bundler compiles. */
function emitsCode({ config: { options, fileNames } }: Tsconfig): boolean {
  return fileNames.length > 0 && !options.noEmit && !options.emitDeclarationOnly;
}

export function hasPlugin({ config }: Tsconfig): boolean {
  return namesPlugin(config.options);
}

function compilerFacts(folder: string, { manifest }: ManifestFile): CompilerFacts | undefined {
  const isPatchedByScript = Object.values(manifest.scripts ?? {}).some((script) =>
    /(?:^|[\s;&|])ts-patch install(?=$|[\s;&|])/.test(script),
  );
  const installed = typescriptOf(folder);
  if (installed) {
    const { major, minor, version } = installed;
    const patched = isPatchedByScript || isPatched(installed.folder);
    return { major, minor, words: `TypeScript ${version}`, isPatched: patched };
  }
  const range = declared(manifest, "typescript")?.range;
  if (range === undefined) return undefined;
  const [, major, minor] = /(\d+)(?:\.(\d+))?/.exec(range) ?? [];
  if (major === undefined)
    throw new InputError(
      `TypeScript is not installed yet, and "${range}" does not tell which version it will be: install the dependencies first`,
    );
  return {
    major: Number(major),
    minor: Number(minor ?? 0),
    words: `TypeScript ${range}, which is not installed yet`,
    isPatched: isPatchedByScript,
  };
}

/** The nearest that package.json (Corepack's `packageManager`) or a lock file names. */
function packageManagerOf(folder: string, cwd: string): PackageManager {
  for (let current = folder; ; current = dirname(current)) {
    const manifest = join(current, "package.json");
    const field = existsSync(manifest) ? readManifest(manifest, cwd).manifest["packageManager"] : undefined;
    const found = packageManagers.find(
      ({ name, lockFiles }) =>
        String(field).startsWith(`${name}@`) || lockFiles.some((lock) => existsSync(join(current, lock))),
    );
    if (found) return found;
    if (dirname(current) === current || existsSync(join(current, ".git"))) return npm;
  }
}
