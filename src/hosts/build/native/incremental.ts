import { dirname, resolve, sep } from "node:path";
import { namer } from "../../../project/slashes.js";
import { withExtended } from "./config-file.js";
import { formatDiagnostics } from "./format.js";
import { buildInfoOf, forget, keep, statusOf } from "./kept.js";
import type { NativeBuild, Outline, Run, Write } from "./native-build.js";
import { isPretty } from "./pretty.js";
import { commonFolder } from "./shadow.js";

export interface IncrementalOptions {
  readonly directory: string;
  readonly write: Write;
  /** What `tsc -b --verbose` tells; where it is undefined, nothing is told. */
  readonly tell?: ((text: string) => void) | undefined;
  /** What `tsc -b --dry` tells; where it is defined, nothing is compiled. */
  readonly tellDry?: ((text: string) => void) | undefined;
  /** In `tsc -b`, every project keeps what it was made of. */
  readonly isBuildMode?: boolean;
  /** The first run compiles in any case. */
  readonly isForced?: boolean;
}

/** A build that compiles nothing where everything is as an earlier one left it. */
export class IncrementalBuild implements NativeBuild {
  /** Files that changed while nothing was compiled. */
  private readonly missed = new Set<string>();
  private isForced: boolean;

  constructor(
    private readonly build: NativeBuild,
    private readonly options: IncrementalOptions,
  ) {
    this.isForced = options.isForced ?? false;
  }

  outline(): Outline | undefined {
    return this.build.outline();
  }

  /** Whether it has nothing but references: `tsc -b` neither tells of such a project nor leaves anything of it. */
  isContainer(outline = this.outline()): boolean {
    const { references } = (outline?.circumstances ?? {}) as { readonly references?: readonly unknown[] };
    return outline?.roots.length === 0 && references !== undefined && references.length > 0;
  }

  async run(changed: readonly string[] = [], outline = this.outline()): Promise<Run> {
    const { build, missed } = this;
    const { directory, write, isBuildMode, tell, tellDry } = this.options;
    const { config } = outline ?? {};
    if (!outline || config === undefined) return build.run(changed, outline);
    const { incremental, composite, noEmit, pretty } = outline.options;
    if (!isBuildMode && !(incremental ?? composite)) return build.run(changed, outline);
    if (isBuildMode && this.isContainer(outline)) return restOf(outline, config);

    const shown = namer(directory);
    const project = `Project '${shown(config)}'`;
    const info = buildInfoOf({ ...outline, config });
    const status = statusOf(info, outline, shown);
    if (this.isForced) tell?.(`${project} is being forcibly rebuilt`);
    else if (status.isUpToDate) {
      tell?.(
        `${project} is up to date because newest input '${shown(status.newest)}' is older than output '${shown(info)}'`,
      );
      tellDry?.(`Project '${config}' is up to date`);
      for (const path of changed) missed.add(path);
      write(formatDiagnostics(status.warnings, directory, isPretty(pretty)));
      return { ...restOf(outline, config), warnings: status.warnings };
    } else tell?.(`${project} is out of date because ${status.why}`);
    if (tellDry) {
      tellDry(`A non-dry build would build project '${config}'`);
      return restOf(outline, config);
    }

    tell?.(`Building project '${shown(config)}'...`);
    this.isForced = false;
    if (!noEmit) forget(info, !status.isUpToDate && status.isOfOthers);
    const begin = Date.now();
    const run = await build.run([...new Set([...missed, ...changed])], outline);
    missed.clear();
    // The next run has to find errors again.
    if (!noEmit && run.errors === 0) keep(info, outline, run, begin);
    return run;
  }
}

/** A run that compiled nothing. */
function restOf({ roots, options }: Outline, config: string): Run {
  const home = dirname(config);
  return {
    code: 0,
    errors: 0,
    folders: [commonFolder([config, ...roots])],
    outputs: outputFolders(options, home),
    inputs: [...withExtended(config), ...roots],
    emitted: [],
    warnings: [],
  };
}

/** @param home the folder of the tsconfig.json: where it is written to, more than outputs is there */
export function outputFolders({ outDir, declarationDir }: Outline["options"], home: string): string[] {
  return [outDir, declarationDir]
    .flatMap((each) => (each === undefined ? [] : [resolve(home, each)]))
    .filter((folder) => home !== folder && !home.startsWith(folder + sep));
}
