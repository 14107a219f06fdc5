import { isBuiltin } from "node:module";
import type ts from "typescript";
import { mayOpen, type TypeScript } from "../engine/index.js";
import { RUNTIME } from "../engine/catalogue.js";
import { isTooDeep, TOO_DEEP } from "../engine/nesting.js";
import { readableText } from "../project/source-text.js";
import { isSource } from "../project/walk.js";
import { importsOf, type Import } from "./imports.js";
import { nameWithin, packageNameOf, Packages } from "./package.js";
import { addFile, Register, type Reached, type ReachedFile } from "./reached.js";
import type { Resolution } from "./resolution.js";

export interface ReachOptions {
  readonly ts: TypeScript;
  readonly resolution: Resolution;
  /** Does the project's TypeScript know a module that Node doesn't find: an alias, or declarations alone? */
  readonly isKnown: (specifier: string, from: string) => boolean;
}

export interface Reach {
  /** By name and version. */
  readonly packages: readonly Reached[];
  /** Absolute paths of all that was read. */
  readonly inputs: readonly string[];
}

/** A file on the way. */
interface Step {
  readonly path: string;
  /** Undefined for the project's own. */
  readonly owner?: Reached;
  readonly file?: ReachedFile;
}

/**
 * Follows imports from the project's files into packages, breadth first, so that each package is reached by the shortest
 * way. What `@tsocksify/runtime` loads is not followed: its connections are those of the proxy.
 *
 * @param sources absolute paths of the project's files, sorted
 */
export function reach(sources: readonly string[], { ts, resolution, isKnown }: ReachOptions): Reach {
  const packages = new Packages();
  const register = new Register();
  const own = new Set(sources.flatMap((path) => packages.of(path)?.folder ?? []));
  const seen = new Set(sources);
  const queue: Step[] = sources.map((path) => ({ path }));

  const follow = ({ path, owner }: Step, each: Import): void => {
    const { specifier, mode = packages.formatOf(path) === "module" ? "import" : "require", ...place } = each;
    if (isBuiltin(specifier)) return;
    const target = resolution.resolve(specifier, path, mode);
    if (target === undefined) {
      // What a package asks for in vain, it does without, or fails.
      if (!owner && isBare(specifier) && !isKnown(specifier, path))
        register.entry(packageNameOf(specifier), undefined, undefined, { ...place, file: path });
      return;
    }
    if (owner && target.endsWith(".node")) {
      const { line, column } = place;
      owner.addons.push({ file: nameWithin(packages.of(path)!, path), line, column, specifier });
    }
    if (!isSource(target) || seen.has(target)) return;
    const at = packages.of(target);
    if (at?.name === RUNTIME) return;
    seen.add(target);
    if (!at || own.has(at.folder)) return void queue.push({ path: target });
    const found = register.entry(at.name, at.version, owner, { ...place, file: path });
    queue.push({ path: target, owner: found, file: addFile(found, at, target) });
  };

  const parsedAndFollowed = (step: Step, text: string): ts.SourceFile | undefined => {
    try {
      const source = parse(ts, step.path, text);
      const imports = importsOf(ts, source);
      for (const each of imports) follow(step, each);
      return source;
    } catch (error) {
      // The project's own is lint's to tell.
      if (!isTooDeep(error) || !step.file) throw error;
      step.file.unreadable = TOO_DEEP;
      return undefined;
    }
  };

  // It grows as it is walked.
  for (const step of queue) {
    // What can't be read is told by lint itself where it is the project's; a package's is what Node can't read either.
    const text = readableText(step.path);
    const opens = step.file && text !== undefined && mayOpen(text);
    if (text === undefined || !(opens || loads.test(text))) continue;
    const parsed = parsedAndFollowed(step, text);
    if (opens) step.file.source = parsed;
  }
  return { packages: register.packages, inputs: [...seen, ...packages.paths].sort() };
}

/** What every way to load a module by a constant name has in it. */
const loads = /\b(?:import|from|require|createRequire)\b/;

/** Without the comments that types stand in: nobody asks for them here. */
function parse(ts: TypeScript, path: string, text: string): ts.SourceFile {
  // Since TypeScript 5.3.
  const jsDocParsingMode = (ts as Partial<TypeScript>).JSDocParsingMode?.ParseNone;
  const options = { languageVersion: ts.ScriptTarget.ESNext, jsDocParsingMode };
  return ts.createSourceFile(path, text, options, true);
}

function isBare(specifier: string): boolean {
  return !/^(?:\.{0,2}\/|\.{1,2}$|#|[a-z][a-z\d+.-]*:)/i.test(specifier);
}
