import {
  constants,
  copyFileSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";
import { withSlashes } from "../../../project/slashes.js";
import { homeOf, type Outline } from "./native-build.js";
import { mayIncludeOutputs } from "./included-outputs.js";
import { mayImportItself } from "./self-reference.js";
import { removeTemporary, temporaryFolderBeside } from "./temporary.js";

/** A folder that is written to, and the one that stands in for it. */
interface Stand {
  readonly real: string;
  readonly staged: string;
  /** What goes away at the end: `staged`, or a folder above it. */
  readonly temporary: string;
}

/** Absolute paths. */
interface Published {
  readonly files: string[];
  /** Those that could not be written, and why. */
  readonly refused: Map<string, unknown>;
}

/**
 * Where the compiler writes before it is known what of that may be seen: beside the folders that it would write to,
 * as deep as they are, so that every relative path in an output is the one that it would have there.
 */
export class Stage {
  private readonly buildInfo: string;

  private constructor(private readonly stands: readonly Stand[]) {
    this.buildInfo = join(stands[0]!.temporary, ".tsbuildinfo");
  }

  /**
   * @returns undefined where nothing can stand in for their folder: outputs stand among sources, or would be taken for some, or nothing may be written beside it
   */
  static of(outline: Outline, directory: string): Stage | undefined {
    const { config, options, roots } = outline;
    const home = homeOf(outline, directory);
    const { outDir, declarationDir } = options;
    if (outDir === undefined) return undefined;
    const folders = [outDir, ...(declarationDir === undefined ? [] : [declarationDir])].map((each) =>
      resolve(home, each),
    );
    const isOutput = (path: string): boolean => folders.some((folder) => isIn(path, folder));
    if ([home, ...roots].some(isOutput) || mayImportItself(home, isOutput, roots)) return undefined;
    if (config !== undefined && folders.some((folder) => mayIncludeOutputs(outline, home, folder)))
      return undefined;
    const stands: Stand[] = [];
    try {
      for (const real of folders) {
        const outer = stands.find((each) => isIn(real, each.real));
        stands.push(
          outer ? { ...outer, real, staged: join(outer.staged, relative(outer.real, real)) } : standFor(real),
        );
      }
    } catch (error) {
      for (const { temporary } of stands) removeTemporary(temporary);
      // Nothing may be put beside the folder.
      if (/^(?:EACCES|EPERM|EROFS)$/.test((error as NodeJS.ErrnoException).code ?? "")) return undefined;
      throw error;
    }
    return new Stage(stands);
  }

  /** What the compiler's command line is to be told besides. */
  argumentsFor({ options }: Outline): string[] {
    const [out, declarations] = this.stands as [Stand, Stand?];
    return [
      ...["--outDir", out.staged],
      ...(declarations ? ["--declarationDir", declarations.staged] : []),
      // Were it written where it belongs, it would tell of outputs that are not there.
      ...((options.incremental ?? options.composite) ? ["--tsBuildInfoFile", this.buildInfo] : []),
    ];
  }

  /** A text that names staged files, naming them where they will be. */
  readonly real = (text: string): string =>
    this.stands.reduce(
      (changed, { real, staged }) => changed.replaceAll(withSlashes(staged), withSlashes(real)),
      text,
    );

  /** Whether a path is in one of the folders that are written to. */
  readonly isOutput = (path: string): boolean => this.stands.some(({ real }) => isIn(path, real));

  /**
   * Puts another text in the place of one that the compiler has written.
   *
   * @param path where it will be
   * @throws Error where the compiler has written no such file
   */
  replace(path: string, text: string): void {
    const staged = this.stands
      .filter(({ real }) => isIn(path, real))
      .map((stand) => join(stand.staged, relative(stand.real, resolve(path))))
      .find((each) => existsSync(each));
    if (staged === undefined)
      throw new Error(`tsc did not write ${path}, which its API would: nothing was emitted`);
    writeFileSync(staged, text);
  }

  /** Whether the compiler has written nothing. */
  get isEmpty(): boolean {
    rmSync(this.buildInfo, { force: true });
    return this.stands.every(({ staged }) => !existsSync(staged) || readdirSync(staged).length === 0);
  }

  /**
   * Puts everything where it belongs, as if it had been written there: what is there keeps its mode and its links. A file that
   * something stands in the way of does not keep the others from their places.
   */
  publish(): Published {
    rmSync(this.buildInfo, { force: true });
    const published: Published = { files: [], refused: new Map() };
    for (const { real, staged } of this.stands) if (existsSync(staged)) move(staged, real, published);
    return published;
  }

  remove(): void {
    for (const { temporary } of this.stands) removeTemporary(temporary);
  }
}

function isIn(path: string, folder: string): boolean {
  const absolute = resolve(path);
  return absolute === folder || absolute.startsWith(folder.endsWith(sep) ? folder : folder + sep);
}

/** Beside the topmost folder that is not there yet, since no folder may be left of a build that emits nothing. */
function standFor(real: string): Stand {
  let top = real;
  while (!isFolder(dirname(top))) top = dirname(top);
  const temporary = temporaryFolderBeside(top);
  return { real, staged: join(temporary, relative(top, real)), temporary };
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

function move(from: string, to: string, published: Published): void {
  const { files, refused } = published;
  let present: ReadonlySet<string>;
  try {
    if (!existsSync(to)) mkdirSync(to, { recursive: true });
    present = new Set(readdirSync(to));
  } catch (error) {
    for (const file of filesIn(from)) refused.set(join(to, relative(from, file)), error);
    return;
  }
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    const isNew = !present.has(entry.name);
    if (entry.isDirectory()) {
      if (isNew && moveWhole(source, target)) files.push(...filesIn(target));
      else move(source, target, published);
    } else
      try {
        if (isNew) rename(source, target);
        // Copying a file would give it the other's mode.
        else if (!replace(source, target)) writeFileSync(target, readFileSync(source));
        files.push(target);
      } catch (error) {
        refused.set(target, error);
      }
  }
}

/**
 * Puts a file in the place of another that nothing tells from it but what is in it: no link, nor one of several names of a file,
 * of the same owner and mode. To write it once more takes some ten times as long.
 */
function replace(source: string, target: string): boolean {
  const [ours, theirs] = [lstatSync(source), lstatSync(target)];
  const isAlike = theirs.isFile() && theirs.nlink === 1 && ours.mode === theirs.mode;
  if (!isAlike || ours.uid !== theirs.uid || ours.gid !== theirs.gid) return false;
  try {
    renameSync(source, target);
    return true;
  } catch {
    // A file can be a file system of its own, or open where that keeps it from being replaced.
    return false;
  }
}

/** One move for all that is in a folder. What stands in its way is told of each file. */
function moveWhole(from: string, to: string): boolean {
  try {
    renameSync(from, to);
    return true;
  } catch {
    return false;
  }
}

function filesIn(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true }).flatMap((entry) =>
    entry.isDirectory() ? [] : join(entry.parentPath, entry.name),
  );
}

/** The folder may be a link to another file system. */
function rename(source: string, target: string): void {
  try {
    renameSync(source, target);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EXDEV") throw error;
    copyFileSync(source, target, constants.COPYFILE_EXCL);
  }
}
