import { spawn, spawnSync } from "node:child_process";
import { createRequire } from "node:module";
import { join } from "node:path";
import { nativeEnvironment } from "../../../resolvers/native/collector.js";
import { showsConfig, without } from "./command-line.js";
import type { Options } from "./options.js";
import type { InstalledTypeScript } from "../typescript.js";

/** Runs the compiler as it comes, with its output where ours goes. */
export function runStock(
  typescript: InstalledTypeScript,
  args: readonly string[],
  directory: string,
): number {
  const { status, error } = spawnSync(executable(typescript), args, {
    cwd: directory,
    stdio: "inherit",
    env: nativeEnvironment(process.env),
  });
  if (error) throw error;
  return status ?? 1;
}

/** What a configuration, with the options of a command line, comes to. Paths are relative to the tsconfig.json. */
export interface ResolvedConfig {
  readonly compilerOptions: Options & Readonly<Record<string, unknown>>;
  readonly files?: readonly string[];
  readonly include?: readonly string[];
  readonly exclude?: readonly string[];
  readonly references?: readonly unknown[];
}

/** @returns undefined where the compiler has something to say instead */
export function showConfig(
  typescript: InstalledTypeScript,
  args: readonly string[],
  directory: string,
): ResolvedConfig | undefined {
  const { status, stdout } = spawnSync(
    executable(typescript),
    ["--showConfig", ...without(args, showsConfig)],
    {
      cwd: directory,
      encoding: "utf8",
      env: nativeEnvironment(process.env),
      maxBuffer: 2 ** 30,
    },
  );
  if (status !== 0) return undefined;
  try {
    return JSON.parse(stdout) as ResolvedConfig;
  } catch {
    return undefined;
  }
}

/** Runs the compiler and keeps what it says. */
export function runQuietly(
  typescript: InstalledTypeScript,
  args: readonly string[],
  directory: string,
): { readonly code: number; readonly output: string } {
  const { status, stdout, stderr, error } = spawnSync(executable(typescript), args, {
    cwd: directory,
    encoding: "utf8",
    env: nativeEnvironment(process.env),
    maxBuffer: 2 ** 30,
  });
  if (error) throw error;
  return { code: status ?? 1, output: stdout + stderr };
}

/** The compiler's command line while it runs beside this program. */
export interface RunningStock {
  /** What it came to. */
  readonly outcome: Promise<{ readonly code: number; readonly output: string }>;
  stop(): void;
}

/** As {@link runQuietly}, without waiting. It ends with this process, if not before. */
export function startStock(
  typescript: InstalledTypeScript,
  args: readonly string[],
  directory: string,
): RunningStock {
  const child = spawn(executable(typescript), args, {
    cwd: directory,
    stdio: ["ignore", "pipe", "pipe"],
    env: nativeEnvironment(process.env),
  });
  const stop = (): void => void child.kill("SIGKILL");
  process.once("exit", stop);
  const chunks: Buffer[] = [];
  const errors: Buffer[] = [];
  child.stdout.on("data", (chunk: Buffer) => chunks.push(chunk));
  child.stderr.on("data", (chunk: Buffer) => errors.push(chunk));
  const outcome = new Promise<{ code: number; output: string }>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => {
      process.off("exit", stop);
      resolve({ code: code ?? 1, output: Buffer.concat([...chunks, ...errors]).toString("utf8") });
    });
  });
  // Whoever waits is told; whoever has given up waiting need not be.
  outcome.catch(() => undefined);
  return { outcome, stop };
}

/** The native program, which the package finds for the platform. */
function executable({ folder }: InstalledTypeScript): string {
  const path = join(folder, "lib", "getExePath.js");
  return (createRequire(path)(path) as { default: () => string }).default();
}
