import { spawn, spawnSync, type ChildProcessWithoutNullStreams } from "node:child_process";
import { once } from "node:events";
import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { repository, UserFolder } from "../support/user-folder.js";

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

/** Somebody's repository. */
export class Workplace extends UserFolder {
  /**
   * @param files contents by path
   * @param typescript the package of ours that is its own TypeScript; none: it has none
   */
  constructor(files: Readonly<Record<string, string | Uint8Array>>, typescript?: string) {
    super("cli");
    for (const [path, content] of Object.entries(files)) this.write(path, content);
    if (typescript) this.linkPackage("typescript", join(repository, "node_modules", typescript));
    if (typescript) this.linkPackage("@types/node");
  }

  /** The program to run. */
  readonly program = bin;

  /** The bytes of every file, by path, in hexadecimal where they are no text; without node_modules and .git. */
  contents(): Record<string, string> {
    const files = readdirSync(this.directory, { withFileTypes: true, recursive: true })
      .filter((entry) => entry.isFile())
      .map((entry) => relative(this.directory, join(entry.parentPath, entry.name)))
      .filter((path) => !/^(?:node_modules|\.git)\//.test(path))
      .sort();
    return Object.fromEntries(files.map((path) => [path, readFileSync(this.at(path)).toString("latin1")]));
  }

  /** Puts tsocksify where npm puts it, for what calls it by its name. */
  install(): void {
    this.linkPackage("tsocksify", repository);
    this.link("node_modules/.bin/tsocksify", bin);
  }

  /** Runs tsocksify to its end. */
  tsocksify(args: readonly string[], options: RunOptions = {}): Ran {
    return this.run(process.execPath, [bin, ...args], options);
  }

  /** Runs a program to its end. */
  run(program: string, args: readonly string[], options: RunOptions = {}): Ran {
    const { stdin: input = "", uid, cwd = "." } = options;
    const { status, stdout, stderr } = spawnSync(program, args, {
      cwd: this.at(cwd),
      env: environment(options.env),
      encoding: "utf8",
      input,
      uid,
      maxBuffer: 1 << 28,
    });
    return { code: status, stdout, stderr };
  }

  /** Starts tsocksify, to be interrupted, or beside a server in this process. */
  start(args: readonly string[], env?: NodeJS.ProcessEnv): ChildProcessWithoutNullStreams {
    return spawn(process.execPath, [bin, ...args], { cwd: this.directory, env: environment(env) });
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

/** Of the machine that the tests run on: its CI, its colours, its proxy. */
const foreign =
  /^(?:GITHUB_ACTIONS|FORCE_COLOR|NO_COLOR|SOCKS_\w+|SOCKS[45]_SERVER|ALL_PROXY|NO_PROXY|all_proxy|no_proxy)$/;

function environment(more: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv {
  const own = Object.fromEntries(Object.entries(process.env).filter(([name]) => !foreign.test(name)));
  return { ...own, ...more };
}
