import { existsSync } from "node:fs";
import { isAbsolute, resolve } from "node:path";
import { Packages, type Package } from "../../deps/package.js";
import { RUNTIME } from "../../engine/catalogue.js";
import { mayMatterSomewhere, type DecideOptions } from "../../engine/index.js";
import { findConfig, modulesFrom } from "../../options/index.js";
import { findProjects } from "../../project/find.js";
import { missingFor } from "../../project/missing.js";
import type { Selection } from "../../project/selection.js";
import { readSource } from "../../project/source-text.js";
import { isSource } from "../../project/walk.js";
import { analysed } from "../lint/analyse.js";
import { brokenLook, lookOf, type Look } from "./look.js";
import { untypedLook, type TextKind } from "./untyped-look.js";

export const inPackage = /[\\/]node_modules[\\/]/;

/**
 * What becomes of modules, one by one as a bundler or Node comes to them. The types are those of the project that a file is
 * in, whatever the host itself makes of TypeScript; the files of a project are planned at once.
 */
export class Looks {
  private readonly packages = new Packages();
  private known = new Map<string, Look>();
  private hasAll = false;
  /** Folders of packages. */
  private planned = new Set<string>();

  /**
   * @param directory absolute path of the bundler's root, or of the project's folder, whose configuration is in force
   * @param order how the user comes before what else changes texts
   */
  constructor(
    private readonly directory: string,
    private readonly order: string,
  ) {}

  /** Something has changed: what is asked from now on is looked at again. */
  forget(): void {
    this.known = new Map();
    this.hasAll = false;
    this.planned = new Set();
  }

  /**
   * @param id what the host calls the module: a path, with a query or without one, or something that is no file
   * @param code the module's text as the host has it
   * @returns undefined where it has no call site
   * @throws InputError, OptionError where the project's configuration is wrong
   */
  at(id: string, code: string): Look | undefined {
    if (!mayMatterSomewhere(code)) return undefined;
    const text = code.replace(/^\uFEFF/, "");
    const [path = id] = id.split(/[?#]/, 1);
    if (!isAbsolute(path) || !existsSync(path)) return this.untyped(id, text, "virtual");
    const owner = this.packages.of(path);
    if (owner?.name === RUNTIME) return undefined;
    const isAsOnDisk = (): boolean => readSource(path)?.text === text;
    const untyped = (): Look | undefined => this.untyped(id, text, isSource(path) ? "changed" : "nameless");
    if (!inPackage.test(path))
      return isSource(path) && isAsOnDisk() ? this.typed(resolve(path), text) : untyped();
    const isNamed = owner !== undefined && this.configured([]).packages.includes(owner.name);
    if (!isNamed) return this.untyped(path, text, "package");
    return isSource(path) && isAsOnDisk() ? this.published(owner, resolve(path)) : untyped();
  }

  /**
   * The look at what is no text of a file's, whose types nobody knows.
   *
   * @throws as {@link at} does
   */
  untyped(id: string, text: string, kind: TextKind): Look | undefined {
    if (!mayMatterSomewhere(text)) return undefined;
    return untypedLook(id, text, kind, this.directory, this.order, this.configured([]).options);
  }

  private typed(path: string, text: string): Look | undefined {
    const before = this.known.get(path);
    if (before && before.text !== text) this.forget();
    if (!this.hasAll) this.plan([]);
    this.hasAll = true;
    // What the configuration leaves out, or another folder has.
    if (!this.known.has(path)) this.plan([path]);
    return this.known.get(path);
  }

  /** In a package that the configuration names. Few values have a type there: methods of the others are asked at run time. */
  private published({ folder }: Package, path: string): Look | undefined {
    if (!this.planned.has(folder)) this.plan([folder], { any: "dispatch" });
    this.planned.add(folder);
    if (!this.known.has(path)) this.plan([path], { any: "dispatch" });
    return this.known.get(path);
  }

  private plan(paths: readonly string[], more: DecideOptions = {}): void {
    const { selection, options, configuration } = this.configured(paths);
    const { projects, tsconfigs } = findProjects(selection);
    const isOwn = (path: string): boolean => isAbsolute(path) && !inPackage.test(path);
    const settings = [...configuration, ...tsconfigs.flatMap((each) => each.inputs).filter(isOwn)];
    for (const project of projects) {
      let depends: Pick<Look, "decisive" | "missing"> | undefined;
      analysed(project, { ...options, ...more }, ({ ts, plans, problems, inputs }) => {
        if (!depends) {
          const own = inputs().filter(isOwn);
          let missing: readonly string[] | undefined;
          depends = {
            decisive: [...settings, ...own],
            missing: () => (missing ??= missingFor(project, own)),
          };
        }
        for (const plan of plans) this.known.set(resolve(plan.file.fileName), lookOf(ts, plan, depends));
        for (const problem of problems) this.known.set(resolve(problem.file), brokenLook(problem));
      });
    }
  }

  /** @param paths none: all that belongs to the project, but for what its configuration leaves out */
  private configured(paths: readonly string[]): Configured {
    const { config, root, path } = findConfig(this.directory);
    const { any, projects = [], exclude = [], packages = [] } = config;
    const modules = modulesFrom(config.modules ?? [], root);
    const isNamed = paths.length > 0;
    return {
      selection: {
        cwd: this.directory,
        paths,
        tsconfigs: isNamed ? [] : projects.map((each) => resolve(root, each)),
        exclude: isNamed ? [] : exclude,
        root,
        modules,
      },
      options: { ...(any ? { any } : {}), modules },
      packages,
      configuration: path === undefined ? [] : [path],
    };
  }
}

interface Configured {
  readonly selection: Selection;
  readonly options: DecideOptions;
  /** The packages that are to be rewritten. */
  readonly packages: readonly string[];
  /** The configuration file, if there is one. */
  readonly configuration: readonly string[];
}
