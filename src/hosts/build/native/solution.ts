import { relative } from "node:path";
import { inOrder, type BuildMode } from "./build-mode.js";
import { IncrementalBuild } from "./incremental.js";
import type { NativeBuild, Run, Write } from "./native-build.js";
import { statusLine } from "./watch.js";

/** The projects of `tsc -b`, each after what it references. */
export class SolutionBuild implements Pick<NativeBuild, "run"> {
  private readonly builds = new Map<string, IncrementalBuild>();

  /**
   * @param create the build of a command line
   * @param stock lets the compiler's own command line say what is wrong with this one
   */
  constructor(
    private readonly mode: BuildMode,
    private readonly create: (args: readonly string[]) => NativeBuild,
    private readonly stock: () => Run,
    private readonly directory: string,
    private readonly write: Write,
  ) {}

  async run(changed: readonly string[] = []): Promise<Run> {
    const { mode, directory } = this;
    const order = inOrder(mode.projects, directory);
    if (!order) return this.stock();
    const list = order.map(({ config }) => `\n    * ${relative(directory, config)}`).join("");
    if (mode.isVerbose) this.tell(`Projects in this build: ${list}`);
    const runs = new Map<string, Run>();
    for (const { config, references } of order) {
      const failed = references.find((each) => (runs.get(each.config)?.errors ?? 1) > 0);
      if (mode.stopOnErrors && failed) {
        const build = this.buildOf(config);
        if (mode.isVerbose && !build.isContainer()) {
          const [project, dependency] = [config, failed.path].map((path) => relative(directory, path));
          const why = `because its dependency '${dependency}' ${runs.has(failed.config) ? "has errors" : "was not built"}`;
          this.tell(`Project '${project}' can't be built ${why}`);
          this.tell(`Skipping build of project '${project}' ${why}`);
        }
        continue;
      }
      // What this round wrote, later projects read.
      const written = [...runs.values()].flatMap(({ emitted }) => emitted);
      runs.set(config, await this.buildOf(config).run([...changed, ...written]));
    }
    const all = [...runs.values()];
    const union = (of: (run: Run) => readonly string[]): string[] => [...new Set(all.flatMap(of))];
    return {
      code: Math.max(0, ...all.map(({ code }) => code)),
      errors: all.reduce((sum, { errors }) => sum + errors, 0),
      folders: union(({ folders }) => folders),
      outputs: union(({ outputs }) => outputs),
      inputs: [...union(({ inputs }) => inputs), ...order.map(({ config }) => config)],
      emitted: union(({ emitted }) => emitted),
      warnings: all.flatMap(({ warnings }) => warnings),
    };
  }

  private buildOf(config: string): IncrementalBuild {
    const { mode, directory, write } = this;
    let build = this.builds.get(config);
    if (!build) {
      build = new IncrementalBuild(this.create(["-p", config, ...mode.rest]), {
        directory,
        write,
        tell: mode.isVerbose ? (text) => this.tell(text) : undefined,
        tellDry: mode.isDry ? (text) => this.tell(text) : undefined,
        isBuildMode: true,
        isForced: mode.isForced,
      });
      this.builds.set(config, build);
    }
    return build;
  }

  private tell(text: string): void {
    this.write(statusLine(text, false));
  }
}
