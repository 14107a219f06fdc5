import { spawnSync } from "node:child_process";
import { cpSync } from "node:fs";
import { join } from "node:path";
import { nodeBinary, type SupportedMajor } from "./node-versions.js";
import { repository, UserFolder } from "./user-folder.js";

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

/** A user's project with a toolchain installed. */
export class Workplace extends UserFolder {
  constructor(private readonly toolchain: Toolchain) {
    super("workplace");
    this.copyPackage("typescript", join(repository, "node_modules", toolchain.typescript));
    this.copyPackage("ts-patch", join(repository, "node_modules", toolchain.tspatch));
    this.linkPackage("tsocksify", repository);
    this.linkPackage("@tsocksify/runtime");
    this.linkPackage("@types/node");
  }

  copy(from: string, to: string): void {
    cpSync(from, this.at(to), { recursive: true });
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
}
