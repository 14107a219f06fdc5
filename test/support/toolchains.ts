import { spawnSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { nodeBinary, type SupportedMajor } from "./node-versions.js";

const repository = resolve(__dirname, "../..");

/** A TypeScript, the ts-patch that patches it, and a Node that runs both. */
export interface Toolchain {
  readonly name: string;
  readonly typescript: string;
  readonly tspatch: string;
  readonly node: SupportedMajor;
}

export const toolchains: readonly Toolchain[] = [
  { name: "TypeScript 5.9, ts-patch 3.3, Node 20", typescript: "typescript", tspatch: "ts-patch", node: 20 },
  {
    name: "TypeScript 6.0, ts-patch 4, Node 22",
    typescript: "typescript-6",
    tspatch: "ts-patch-4",
    node: 22,
  },
];

export interface Run {
  readonly code: number | null;
  readonly output: string;
}

/** A user's project with a toolchain installed, in a directory of its own. */
export class Workplace {
  readonly directory = realpathSync(mkdtempSync(join(tmpdir(), "tsocksify-workplace-")));

  constructor(private readonly toolchain: Toolchain) {
    this.install("typescript", join(repository, "node_modules", toolchain.typescript));
    this.install("ts-patch", join(repository, "node_modules", toolchain.tspatch));
    this.link("tsocksify", repository);
    this.link("@tsocksify/runtime", join(repository, "src/runtime"));
    this.link("@types/node", join(repository, "node_modules/@types/node"));
  }

  write(path: string, text: string): void {
    mkdirSync(dirname(join(this.directory, path)), { recursive: true });
    writeFileSync(join(this.directory, path), text);
  }

  copy(from: string, to: string): void {
    cpSync(from, join(this.directory, to), { recursive: true });
  }

  /** ts-patch's compiler, as a user runs it. */
  tspc(...args: string[]): Run {
    return this.run(join("node_modules", "ts-patch", "bin", "tspc.js"), ...args);
  }

  /** The compiler as it comes. */
  tsc(...args: string[]): Run {
    return this.run(join("node_modules", "typescript", "bin", "tsc"), ...args);
  }

  run(...args: string[]): Run {
    const { status, stdout, stderr } = spawnSync(nodeBinary(this.toolchain.node), args, {
      cwd: this.directory,
      encoding: "utf8",
      env: { ...process.env, NODE_OPTIONS: "", ALL_PROXY: "", SOCKS_SERVER: "" },
      timeout: 120_000,
    });
    return { code: status, output: stdout + stderr };
  }

  remove(): void {
    rmSync(this.directory, { recursive: true, force: true });
  }

  /** A copy with its dependencies: ts-patch and the compiler look for each other from where they really are. */
  private install(name: string, from: string): void {
    cpSync(from, join(this.directory, "node_modules", name), { recursive: true });
    const manifest = JSON.parse(readFileSync(join(from, "package.json"), "utf8")) as {
      dependencies?: Record<string, string>;
    };
    for (const dependency of Object.keys(manifest.dependencies ?? {}))
      if (!existsSync(join(from, "node_modules", dependency)))
        this.link(dependency, join(repository, "node_modules", dependency));
  }

  private link(name: string, target: string): void {
    const path = join(this.directory, "node_modules", name);
    mkdirSync(dirname(path), { recursive: true });
    symlinkSync(target, path, "dir");
  }
}
