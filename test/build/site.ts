import { spawn, spawnSync, type ChildProcessWithoutNullStreams } from "node:child_process";
import { cpSync, existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join, parse, relative } from "node:path";
import { repository, UserFolder } from "../support/user-folder.js";

/** The compilers that `tsocksify build` stands in for, by their names in our node_modules. */
export const compilers = ["typescript", "typescript-6", "typescript-7.0", "typescript-7.1"] as const;
export type CompilerName = (typeof compilers)[number] | "typescript-5.0";

export interface Ended {
  readonly code: number | null;
  readonly output: string;
}

/** A user's project with one compiler. */
export class Site extends UserFolder {
  constructor(compiler: CompilerName, files: Readonly<Record<string, string>>) {
    super("build");
    this.linkPackage("typescript", join(repository, "node_modules", compiler));
    this.linkPackage("@types/node");
    this.linkPackage("@tsocksify/runtime");
    for (const [path, text] of Object.entries(files)) this.write(path, text);
  }

  /** The sources that an npm package publishes, with its dependencies. */
  static ofPackage(compiler: CompilerName, name: string, compilerOptions: object): Site {
    const published = join(repository, "node_modules", name);
    const site = new Site(compiler, {
      "tsconfig.json": JSON.stringify({ compilerOptions, include: ["src"] }),
    });
    cpSync(join(published, "src"), site.at("src"), { recursive: true });
    cpSync(join(published, "package.json"), site.at("package.json"));
    const { dependencies = {} } = JSON.parse(readFileSync(join(published, "package.json"), "utf8")) as {
      dependencies?: Record<string, string>;
    };
    for (const dependency of Object.keys(dependencies)) site.linkPackage(dependency);
    return site;
  }

  has(path: string): boolean {
    return existsSync(this.at(path));
  }

  removeFolder(path: string): void {
    rmSync(this.at(path), { recursive: true, force: true });
  }

  /** The compiler as it comes. */
  tsc(...args: string[]): Ended {
    return this.run(this.at("node_modules/typescript/bin/tsc"), ...args);
  }

  build(...args: string[]): Ended {
    return this.run(join(repository, "bin/tsocksify.js"), "build", ...args);
  }

  /** A build that goes on until it is killed. */
  start(...args: string[]): ChildProcessWithoutNullStreams {
    return spawn(process.execPath, [join(repository, "bin/tsocksify.js"), "build", ...args], {
      cwd: this.directory,
    });
  }

  /** All files in a folder: text by path. */
  tree(folder: string): Map<string, string> {
    const root = this.at(folder);
    const files = readdirSync(root, { withFileTypes: true, recursive: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .sort();
    return new Map(files.map((path) => [relative(root, path), readFileSync(path, "utf8")]));
  }

  /** What a build leaves behind in the project and beside it: nothing. */
  litter(): string[] {
    const { dir, base } = parse(this.directory);
    return [
      ...readdirSync(dir).filter((name) => name.startsWith(`${base}-`)),
      ...readdirSync(this.directory).filter((name) => name.includes("-tsocksify-")),
    ];
  }

  private run(...args: string[]): Ended {
    const { status, stdout, stderr } = spawnSync(process.execPath, args, {
      cwd: this.directory,
      encoding: "utf8",
      env: { ...process.env, NODE_OPTIONS: "", NO_COLOR: undefined, FORCE_COLOR: undefined },
      timeout: 180_000,
    });
    return { code: status, output: stdout + stderr };
  }
}
