import { spawn, spawnSync, type ChildProcessWithoutNullStreams } from "node:child_process";
import { once } from "node:events";
import {
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
import { dirname, join, relative, resolve } from "node:path";

const repository = resolve(__dirname, "../..");
const bin = join(repository, "bin/tsocksify.js");

export interface Ran {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  /** Below the workplace. */
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  readonly stdin?: string;
  readonly uid?: number;
}

/** Somebody's repository, outside of ours. */
export class Workplace {
  readonly directory = realpathSync(mkdtempSync(join(tmpdir(), "tsocksify-cli-")));

  /**
   * @param files contents by path
   * @param typescript the package of ours that is its own TypeScript; none: it has none
   */
  constructor(files: Readonly<Record<string, string | Uint8Array>>, typescript?: string) {
    for (const [path, content] of Object.entries(files)) this.write(path, content);
    if (typescript) this.link("node_modules/typescript", join(repository, "node_modules", typescript));
    if (typescript) this.link("node_modules/@types/node", join(repository, "node_modules/@types/node"));
  }

  write(path: string, content: string | Uint8Array): void {
    mkdirSync(dirname(this.at(path)), { recursive: true });
    writeFileSync(this.at(path), content);
  }

  link(path: string, target: string): void {
    mkdirSync(dirname(this.at(path)), { recursive: true });
    symlinkSync(target, this.at(path));
  }

  at(path: string): string {
    return join(this.directory, path);
  }

  text(path: string): string {
    return readFileSync(this.at(path), "utf8");
  }

  /** The bytes of every file, by path, in hexadecimal where they are no text; without node_modules and .git. */
  contents(): Record<string, string> {
    const files = readdirSync(this.directory, { withFileTypes: true, recursive: true })
      .filter((entry) => entry.isFile())
      .map((entry) => relative(this.directory, join(entry.parentPath, entry.name)))
      .filter((path) => !/^(?:node_modules|\.git)\//.test(path))
      .sort();
    return Object.fromEntries(files.map((path) => [path, readFileSync(this.at(path)).toString("latin1")]));
  }

  /** Runs tsocksify to its end. */
  tsocksify(args: readonly string[], options: RunOptions = {}): Ran {
    const { stdin: input = "", uid, cwd = "." } = options;
    const { status, stdout, stderr } = spawnSync(process.execPath, [bin, ...args], {
      cwd: this.at(cwd),
      env: environment(options.env),
      encoding: "utf8",
      input,
      uid,
      maxBuffer: 1 << 28,
    });
    return { code: status, stdout, stderr };
  }

  /** Starts tsocksify, to be interrupted. */
  start(args: readonly string[]): ChildProcessWithoutNullStreams {
    return spawn(process.execPath, [bin, ...args], { cwd: this.directory, env: environment() });
  }

  git(...args: readonly string[]): string {
    const identity = ["-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"];
    const { status, stdout, stderr } = spawnSync("git", [...identity, ...args], {
      cwd: this.directory,
      encoding: "utf8",
    });
    if (status !== 0) throw new Error(`git ${args.join(" ")}: ${stderr}`);
    return stdout;
  }

  commit(): void {
    this.write(".gitignore", "node_modules\n");
    this.git("init", "--quiet");
    this.git("add", "--all");
    this.git("commit", "--quiet", "--message", "all");
  }

  remove(): void {
    rmSync(this.directory, { recursive: true, force: true });
  }
}

/** What a child process leaves behind. */
export async function ended(child: ChildProcessWithoutNullStreams): Promise<Ran> {
  let stdout = "";
  let stderr = "";
  child.stdout.on("data", (chunk) => (stdout += String(chunk)));
  child.stderr.on("data", (chunk) => (stderr += String(chunk)));
  const [code] = (await once(child, "close")) as [number | null];
  return { code, stdout, stderr };
}

/** Nothing of the machine that the tests run on: neither its CI nor its colours. */
function environment(more: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv {
  const { GITHUB_ACTIONS, FORCE_COLOR, NO_COLOR, ...rest } = process.env;
  void [GITHUB_ACTIONS, FORCE_COLOR, NO_COLOR];
  return { ...rest, ...more };
}
