import { spawn } from "node:child_process";
import { once } from "node:events";
import { cp, mkdir, mkdtemp, readFile, realpath, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";

const repository = resolve(__dirname, "../..");

/** What the plugin writes with its option `report`. */
export interface Report {
  tally: { callSites: number; rewritten: number; reported: number; irrelevant: number };
  rewrites: { file: string; line: number; column: number; from: string; to: string }[];
  findings: { code: string; severity: string; file: string; line: number; column: number; message: string }[];
  irrelevant: { file: string; line: number; column: number; text: string; reason: string }[];
}

export interface Output {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** Runs Node in a child process of its own. */
export async function node(
  args: string[],
  options: { cwd?: string; env?: NodeJS.ProcessEnv; timeout?: number } = {},
): Promise<Output> {
  const { timeout = 120_000, ...rest } = options;
  const child = spawn(process.execPath, args, { ...rest, stdio: ["ignore", "pipe", "pipe"], timeout });
  let stdout = "";
  let stderr = "";
  child.stdout.on("data", (chunk) => (stdout += String(chunk)));
  child.stderr.on("data", (chunk) => (stderr += String(chunk)));
  const [code] = (await once(child, "close")) as [number | null];
  return { code, stdout, stderr };
}

/**
 * A user's project in a directory of its own, outside of this repository: only what is linked into its
 * node_modules can be found from there.
 */
export class Project {
  private constructor(readonly directory: string) {}

  /**
   * @param files contents by path.
   * @param packages further packages of this repository's node_modules, beside ours and @types/node.
   */
  static async create(files: Readonly<Record<string, string>>, packages: string[] = []): Promise<Project> {
    const project = new Project(await realpath(await mkdtemp(join(tmpdir(), "tsocksify-project-"))));
    for (const [path, text] of Object.entries(files)) await project.write(path, text);
    const link = async (name: string, target: string) => {
      const path = join(project.directory, "node_modules", name);
      await mkdir(dirname(path), { recursive: true });
      await symlink(target, path, "dir");
    };
    await link("tsocksify", repository);
    await link("@tsocksify/runtime", join(repository, "src/runtime"));
    for (const name of ["@types/node", "typescript", ...packages])
      await link(name, join(repository, "node_modules", name));
    return project;
  }

  /** The sources and the package.json that the npm package `name` publishes. */
  static async ofPackage(name: string, files: Readonly<Record<string, string>>): Promise<Project> {
    const published = join(repository, "node_modules", name);
    const manifest = JSON.parse(await readFile(join(published, "package.json"), "utf8")) as {
      version: string;
      dependencies?: Record<string, string>;
    };
    const project = await Project.create(files, Object.keys(manifest.dependencies ?? {}));
    await cp(join(published, "src"), join(project.directory, "src"), { recursive: true });
    await cp(join(published, "package.json"), join(project.directory, "package.json"));
    return project;
  }

  async write(path: string, text: string): Promise<void> {
    await mkdir(dirname(join(this.directory, path)), { recursive: true });
    await writeFile(join(this.directory, path), text);
  }

  read(path: string): Promise<string> {
    return readFile(join(this.directory, path), "utf8");
  }

  /** Compiles with ts-patch's `tspc`, a tsconfig.json with our plugin, and the given compiler options. */
  async compile(compilerOptions: object): Promise<Output & { report: Report }> {
    const report = "tsocksify-report.json";
    const plugins = [{ transform: "tsocksify/transformer", report }];
    const output = await this.#run("ts-patch/bin/tspc.js", { ...compilerOptions, plugins });
    const text = await this.read(report).catch(() => {
      throw new Error(`tspc wrote no report: ${output.stdout}${output.stderr}`);
    });
    return { ...output, report: JSON.parse(text) as Report };
  }

  /** Compiles with the stock `tsc`: what the program was before us. */
  compilePlainly(compilerOptions: object): Promise<Output> {
    return this.#run("typescript/bin/tsc", compilerOptions);
  }

  async #run(compiler: string, compilerOptions: object): Promise<Output> {
    const basis = { target: "es2022", types: ["node"], skipLibCheck: true, sourceMap: true };
    const tsconfig = { compilerOptions: { ...basis, ...compilerOptions }, include: ["src"] };
    await this.write("tsconfig.json", JSON.stringify(tsconfig, null, 2));
    const program = join(repository, "node_modules", compiler);
    return node([program, "-p", "tsconfig.json"], { cwd: this.directory });
  }

  remove(): Promise<void> {
    return rm(this.directory, { recursive: true, force: true });
  }
}

/** The npm package ldapts from its published TypeScript sources. */
export const ldapts = {
  name: "ldapts",
  compilerOptions: { module: "nodenext", strict: true, rootDir: "src", outDir: "dist" },
};

/** The npm package @cloudamqp/amqp-client from its published TypeScript sources. */
export const amqpClient = {
  name: "@cloudamqp/amqp-client",
  compilerOptions: {
    module: "nodenext",
    strict: true,
    lib: ["es2023", "dom", "dom.asynciterable"],
    rootDir: "src",
    outDir: "lib/mjs",
  },
};
