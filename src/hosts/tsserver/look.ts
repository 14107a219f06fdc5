import type { server } from "typescript";
import { mayMatter, type FilePlan, type TypeScript } from "../../engine/index.js";
import type { PluginConfig, WrittenEntry } from "../../options/index.js";
import { filePlan } from "../../project/file-plan.js";
import { isOwnSource } from "../../project/program-files.js";
import { folderOf, readConfig } from "../tspatch/config.js";

/** What is known of the files of a project in the language server, by the program that the server has of it now. */
export class Look {
  #options: PluginConfig | undefined;

  constructor(
    readonly ts: TypeScript,
    private readonly info: server.PluginCreateInfo,
  ) {}

  /**
   * @returns undefined for a file that can't have a call site, or is not the project's own
   * @throws Error on an unknown option in tsconfig.json
   */
  planOf(fileName: string): FilePlan | undefined {
    const { config, languageService } = this.info;
    const program = languageService.getProgram();
    const file = program?.getSourceFile(fileName);
    if (!program || !file || !isOwnSource(program, file) || !this.#isWanted()) return undefined;
    const options = (this.#options ??= readConfig(config as WrittenEntry, folderOf(program)));
    return mayMatter(file.text, options.modules) ? filePlan(this.ts, program, file, options) : undefined;
  }

  /** Writes to the server's own log. */
  log(text: string): void {
    this.info.project.projectService.logger.info(`tsocksify: ${text}`);
  }

  /** The server goes on using a plugin that was taken out of tsconfig.json, until it is started again. */
  #isWanted(): boolean {
    const { config, project } = this.info;
    const { plugins } = project.getCompilerOptions();
    return (
      (config as { global?: boolean }).global === true ||
      (Array.isArray(plugins) && plugins.some(({ name }: { name?: unknown }) => name === config.name))
    );
  }
}
