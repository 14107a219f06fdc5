import { existsSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { pluginEntry, transformOf } from "../options/index.js";
import { compilerFor } from "./compiler.js";
import { repositoryRoot } from "./gitignore.js";
import { isGone } from "./gone.js";
import { InputError } from "./input-error.js";
import { looseOptions } from "./loose.js";
import { manifestAbove } from "./manifest.js";
import { NativeConfigs } from "./native-config.js";
import { outputsOf } from "./outputs.js";
import type { Problem, Project } from "./project.js";
import { OwnNames } from "./own-names.js";
import { exclusion, filesAt, type Selection } from "./selection.js";
import { Surveyor } from "./survey.js";
import { commandLineOf, readTsconfig, tsconfigAt, withReferences, type Tsconfig } from "./tsconfig.js";
import { unlisted } from "./unlisted.js";
import { isSource } from "./walk.js";

/** What there is to look at. */
export interface Finds {
  readonly projects: readonly Project[];
  /** Every tsconfig.json that was read, whether or not one of its files may matter. */
  readonly tsconfigs: readonly Tsconfig[];
  /** Files that can't be read. */
  readonly problems: readonly Problem[];
  /** Absolute paths of the source files that were looked at. */
  readonly sources: readonly string[];
  /** Absolute paths of all that was read: sources, tsconfig.json files with what they extend, .gitignore files. */
  readonly inputs: readonly string[];
  /** Absolute paths of binary files with a source file's name. */
  readonly binary: readonly string[];
}

/**
 * The projects of a selection. With `tsconfigs`, the files that they and the projects they reference list or
 * import, and what is at `paths`; without, each file below the working directory, or at `paths`, in the project of
 * the nearest tsconfig.json that has it. A file belongs to one project: the first.
 *
 * @throws InputError
 */
export function findProjects(selection: Selection): Finds {
  const natives = new NativeConfigs();
  try {
    return find(selection, natives);
  } finally {
    natives.close();
  }
}

function find(selection: Selection, natives: NativeConfigs): Finds {
  const { cwd } = selection;
  const problems = new Map<string, Problem>();
  const binary = new Set<string>();
  const isExcluded = exclusion(selection);

  const tsconfigs = new Map<string, Tsconfig>();
  const read = (path: string): Tsconfig => {
    const tsconfig = tsconfigs.get(path) ?? readTsconfig(path, cwd, natives);
    tsconfigs.set(path, tsconfig);
    return tsconfig;
  };
  const opened = new Map<string, Tsconfig[]>();
  const open = (path: string): Tsconfig[] => {
    const all = opened.get(path) ?? withReferences(path, read);
    opened.set(path, all);
    return all;
  };

  const given = selection.tsconfigs.flatMap((path) => open(tsconfigAt(path)));
  const needsWalk = selection.paths.length > 0 || selection.tsconfigs.length === 0;
  const found = needsWalk
    ? filesAt(selection, selection.paths.length > 0 ? selection.paths : ["."])
    : { sources: [], tsconfigs: [], ignoreFiles: [] };
  if (selection.tsconfigs.length === 0) openAll([...nearestOf(selection), ...found.tsconfigs], cwd, open);

  // Before any file is looked at: what the projects call modules may be all that matters in it.
  const modules = [
    ...(selection.modules ?? []),
    ...[...tsconfigs.values()].flatMap(({ config }) => modulesOf(config.options.plugins)),
  ];
  const surveyor = new Surveyor(modules, given.length > 0);
  const mayMatter = (path: string): boolean => {
    try {
      const { isBinary, mayMatter } = surveyor.survey(path);
      if (isBinary) binary.add(path);
      return mayMatter;
    } catch (error) {
      problems.set(path, { file: path, message: `can't be read: ${(error as NodeJS.ErrnoException).code}` });
      return false;
    }
  };

  const wanted = needsWalk ? new Set(found.sources) : undefined;
  const taken = new Map<string, Tsconfig>();
  const loose = new Map<string, string[]>();
  const compiled = new Set<string>();
  /** JavaScript that is imported, and compiled with nothing. */
  const beside = new Set<string>();
  const isOutput = outputsOf([...tsconfigs.values()]);
  const setLoose = (path: string, nearest: string): void =>
    void loose.set(nearest, [...(loose.get(nearest) ?? []), path]);
  const listed = given.map((tsconfig) => [tsconfig, sourcesOf(tsconfig)] as const);
  const manifests: string[] = [];
  const imported = listed.map(([tsconfig, own]) => {
    const readable = own.filter((path) => (mayMatter(path), !problems.has(path)));
    const names = new OwnNames(tsconfig);
    const paths = unlisted(readable, surveyor, names);
    manifests.push(...names.inputs);
    return [tsconfig, paths] as const;
  });
  // What one lists is not that of another which imports it.
  for (const [tsconfig, paths] of [...listed, ...imported])
    for (const path of paths) {
      if (taken.has(path) || beside.has(path) || (wanted && !wanted.has(path)) || isExcluded(path)) continue;
      if (takes(tsconfig, path)) taken.set(path, tsconfig);
      else if (isOutput(path)) compiled.add(path);
      else {
        beside.add(path);
        if (mayMatter(path)) setLoose(path, tsconfig.path);
      }
    }

  for (const path of found.sources) {
    if (taken.has(path) || beside.has(path)) continue;
    // Who names a project's output wants to know about it.
    if (selection.paths.length === 0 && isOutput(path)) compiled.add(path);
    if (compiled.has(path) || !mayMatter(path)) continue;
    const [nearest, owner] = ownerOf(path, open);
    if (owner) taken.set(path, owner);
    else setLoose(path, nearest);
  }

  const projects: Project[] = [];
  const looked = new Set([...found.sources, ...taken.keys(), ...beside]);
  const surveyed = (fileNames: readonly string[]): string[] =>
    fileNames.filter((path) => existsSync(path) && surveyor.survey(path).declaresForAll);
  for (const tsconfig of tsconfigs.values()) {
    const files = [...taken].flatMap(([path, owner]) => (owner === tsconfig && mayMatter(path) ? path : []));
    if (files.length === 0) continue;
    const { fileNames, options, projectReferences: references = [] } = tsconfig.config;
    const { compiler, path } = tsconfig;
    const ambient = surveyed(fileNames);
    projects.push({ tsconfig: path, compiler, options, references, ambient, files, looked });
  }
  for (const [nearest, files] of loose) {
    const tsconfig = tsconfigs.get(nearest);
    const compiler = tsconfig?.compiler ?? compilerFor(dirname(files[0]!));
    const options = looseOptions(compiler.ts, tsconfig && commandLineOf(tsconfig).options);
    const ambient = surveyed(tsconfig?.config.fileNames ?? []);
    projects.push({ tsconfig: undefined, compiler, options, references: [], ambient, files, looked });
  }
  const isListed = (path: string): boolean =>
    [...tsconfigs.values()].some(({ config }) => config.fileNames.includes(path));
  const isNamed = (path: string): boolean => selection.paths.some((each) => resolve(cwd, each) === path);
  for (const path of [...problems.keys()].filter(isGone)) {
    const name = relative(cwd, path);
    if (isListed(path)) throw new InputError(`no such file: ${name}, which a tsconfig.json lists`);
    if (isNamed(path)) throw new InputError(`no such file: ${name}`);
    // The walk has seen it, and there is nothing left to look at.
    problems.delete(path);
    looked.delete(path);
  }
  return {
    projects,
    tsconfigs: [...tsconfigs.values()],
    problems: [...problems.values()],
    sources: [...looked].filter((path) => !compiled.has(path)).sort(),
    inputs: [
      ...surveyor.paths,
      ...[...tsconfigs.values()].flatMap(({ inputs }) => inputs),
      ...[...tsconfigs.values()].flatMap(scriptsOf),
      ...manifests,
      ...found.ignoreFiles,
    ],
    binary: [...binary].sort(),
  };
}

/** Reads what lies about; a broken tsconfig.json matters only in the working directory, or where it has a call site. */
function openAll(paths: readonly string[], cwd: string, open: (path: string) => unknown): void {
  for (const path of paths)
    try {
      open(path);
    } catch (error) {
      if (!(error instanceof InputError) || dirname(path) === cwd) throw error;
    }
}

function sourcesOf({ config }: Tsconfig): string[] {
  return config.fileNames.filter((name) => isSource(name) && !name.includes("/node_modules/"));
}

/** Does the project compile such a file, where it is imported? */
function takes({ config: { options } }: Tsconfig, path: string): boolean {
  return !/\.[cm]?jsx?$/.test(path) || (options.allowJs ?? options.checkJs ?? false);
}

/** The package.json whose scripts tell whether what compiles the project obeys our plugin. */
function scriptsOf({ path, config }: Tsconfig): string[] {
  if (transformOf(config.options.plugins) === undefined) return [];
  return [manifestAbove(dirname(path)) ?? []].flat();
}

/** What an entry names that is checked later, where its project is looked at. */
function modulesOf(plugins: unknown): string[] {
  const modules = pluginEntry(plugins)?.modules;
  return Array.isArray(modules) ? modules : [];
}

/** The tsconfig.json nearest to each place that is to be looked at. */
function nearestOf({ cwd, paths }: Selection): string[] {
  const places = paths.length > 0 ? paths.map((path) => resolve(cwd, path)) : [cwd];
  return [...new Set(places.flatMap((place) => tsconfigsAbove(place).next().value ?? []))];
}

/** The tsconfig.json files of a folder and of those above it. None above the repository is asked. */
function* tsconfigsAbove(place: string): Generator<string, undefined> {
  const top = repositoryRoot(place);
  for (let folder = place; ; folder = dirname(folder)) {
    const candidate = join(folder, "tsconfig.json");
    if (existsSync(candidate)) yield tsconfigAt(candidate);
    if (folder === top || dirname(folder) === folder) return undefined;
  }
}

/**
 * The nearest tsconfig.json upwards that has the file, itself or through a project that it references.
 *
 * @returns also the nearest one of all, or the empty text
 */
function ownerOf(
  path: string,
  open: (tsconfig: string) => Tsconfig[],
): [nearest: string, owner: Tsconfig | undefined] {
  let nearest = "";
  for (const candidate of tsconfigsAbove(dirname(path))) {
    nearest ||= candidate;
    const owner = open(candidate).find(({ config }) => config.fileNames.includes(path));
    if (owner) return [nearest, owner];
  }
  return [nearest, undefined];
}
