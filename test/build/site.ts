import { spawn, spawnSync, type ChildProcessWithoutNullStreams } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, parse, relative, resolve } from "node:path";

const repository = resolve(__dirname, "../..");

/** The compilers that `tsocksify build` stands in for, by their names in our node_modules. */
export const compilers = ["typescript", "typescript-6", "typescript-7.0", "typescript-7.1"] as const;
export type CompilerName = (typeof compilers)[number];

export interface Ended {
  readonly code: number | null;
  readonly output: string;
}

/** A user's project with one compiler, in a directory of its own. */
export class Site {
  readonly directory = realpathSync(mkdtempSync(join(tmpdir(), "tsocksify-build-")));

  constructor(compiler: CompilerName, files: Readonly<Record<string, string>>) {
    this.link("typescript", join(repository, "node_modules", compiler));
    this.link("@types/node", join(repository, "node_modules/@types/node"));
    this.link("@tsocksify/runtime", join(repository, "src/runtime"));
    for (const [path, text] of Object.entries(files)) this.write(path, text);
  }

  /** The sources that an npm package publishes, with its dependencies. */
  static ofPackage(compiler: CompilerName, name: string, compilerOptions: object): Site {
    const published = join(repository, "node_modules", name);
    const site = new Site(compiler, {
      "tsconfig.json": JSON.stringify({ compilerOptions, include: ["src"] }),
    });
    cpSync(join(published, "src"), join(site.directory, "src"), { recursive: true });
    cpSync(join(published, "package.json"), join(site.directory, "package.json"));
    const { dependencies = {} } = JSON.parse(readFileSync(join(published, "package.json"), "utf8")) as {
      dependencies?: Record<string, string>;
    };
    for (const dependency of Object.keys(dependencies))
      site.link(dependency, join(repository, "node_modules", dependency));
    return site;
  }

  link(name: string, target: string): void {
    const path = join(this.directory, "node_modules", name);
    mkdirSync(dirname(path), { recursive: true });
    symlinkSync(target, path, "dir");
  }

  write(path: string, text: string): void {
    mkdirSync(dirname(join(this.directory, path)), { recursive: true });
    writeFileSync(join(this.directory, path), text);
  }

  read(path: string): string {
    return readFileSync(join(this.directory, path), "utf8");
  }

  has(path: string): boolean {
    return existsSync(join(this.directory, path));
  }

  removeFolder(path: string): void {
    rmSync(join(this.directory, path), { recursive: true, force: true });
  }

  /** The compiler as it comes. */
  tsc(...args: string[]): Ended {
    return this.run(join(this.directory, "node_modules/typescript/bin/tsc"), ...args);
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
    const root = join(this.directory, folder);
    const files = readdirSync(root, { withFileTypes: true, recursive: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .sort();
    return new Map(files.map((path) => [relative(root, path), readFileSync(path, "utf8")]));
  }

  /** What a build leaves behind beside the project: nothing. */
  litter(): string[] {
    const { dir, base } = parse(this.directory);
    return readdirSync(dir).filter((name) => name.startsWith(`${base}-`));
  }

  remove(): void {
    rmSync(this.directory, { recursive: true, force: true });
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
