import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { mkdir, mkdtemp, readdir, readFile, realpath, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);
const repository = resolve(__dirname, "../..");

export const packages = [
  { name: "tsocksify", directory: repository },
  { name: "@tsocksify/runtime", directory: join(repository, "src/runtime") },
] as const;

type Name = (typeof packages)[number]["name"];

/** The package.json of one of our packages. */
export function manifest(name: Name): { exports: Record<string, unknown>; bin?: Record<string, string> } {
  const { directory } = packages.find((each) => each.name === name)!;
  return JSON.parse(readFileSync(join(directory, "package.json"), "utf8")) as ReturnType<typeof manifest>;
}

/** Its sub-paths that are modules, as they follow its name: "", "/net". */
export function modulePaths(name: Name): string[] {
  return Object.keys(manifest(name).exports)
    .filter((path) => !path.endsWith(".json"))
    .map((path) => path.slice(1));
}

/** What npm would publish, in a directory of its own. */
export interface Packed {
  /** Path of each package's tarball. */
  tarball: Record<Name, string>;
  remove(): Promise<void>;
}

/** Packs both packages, as built. */
export async function packAll(): Promise<Packed> {
  const directory = await mkdtemp(join(tmpdir(), "tsocksify-pack-"));
  const tarball = {} as Record<Name, string>;
  for (const { name, directory: cwd } of packages) {
    const { stdout } = await npm(
      ["pack", "--json", "--ignore-scripts", "--pack-destination", directory],
      cwd,
    );
    const [{ filename }] = JSON.parse(stdout) as [{ filename: string }];
    tarball[name] = join(directory, filename);
  }
  return { tarball, remove: () => rm(directory, { recursive: true, force: true }) };
}

/** An empty project outside of this repository, into which packages are installed as a user would. */
export class Consumer {
  private constructor(readonly directory: string) {}

  static async create(tarballs: string[], files: Readonly<Record<string, string>>): Promise<Consumer> {
    const directory = await realpath(await mkdtemp(join(tmpdir(), "tsocksify-consumer-")));
    const consumer = new Consumer(directory);
    await consumer.write({ "package.json": '{ "private": true }', ...files });
    await npm(
      [
        "install",
        "--omit=dev",
        "--prefer-offline",
        "--no-audit",
        "--no-fund",
        "--no-package-lock",
        ...tarballs,
      ],
      directory,
    );
    return consumer;
  }

  async write(files: Readonly<Record<string, string>>): Promise<void> {
    for (const [path, text] of Object.entries(files)) {
      await mkdir(dirname(join(this.directory, path)), { recursive: true });
      await writeFile(join(this.directory, path), text);
    }
  }

  /** Makes a package of this repository's node_modules visible: a compiler the user has, not one we bring. */
  async link(...names: string[]): Promise<void> {
    for (const name of names) {
      const path = join(this.directory, "node_modules", name);
      await mkdir(dirname(path), { recursive: true });
      await rm(path, { recursive: true, force: true });
      await symlink(join(repository, "node_modules", name), path, "dir");
    }
  }

  /** Runs Node here; rejects unless it ends with 0. */
  async node(...args: string[]): Promise<string> {
    const env = { PATH: process.env.PATH, HOME: process.env.HOME };
    return (await run(process.execPath, args, { cwd: this.directory, env, timeout: 300_000 })).stdout;
  }

  /** Names of all installed packages, sorted. */
  async installed(): Promise<string[]> {
    const names: string[] = [];
    const visit = async (directory: string) => {
      for (const entry of await readdir(directory).catch(() => [])) {
        if (entry.startsWith(".")) continue;
        if (entry.startsWith("@")) await visit(join(directory, entry));
        else {
          const path = join(directory, entry);
          const manifest = JSON.parse(await readFile(join(path, "package.json"), "utf8")) as { name: string };
          names.push(manifest.name);
          await visit(join(path, "node_modules"));
        }
      }
    };
    await visit(join(this.directory, "node_modules"));
    return names.sort();
  }

  remove(): Promise<void> {
    return rm(this.directory, { recursive: true, force: true });
  }
}

/** npm has a registry's client only: what the machine's npm needs to reach it is in its own configuration. */
function npm(args: string[], cwd: string) {
  // Inside `npm test`, npm's own variables describe this repository, not the project npm is called for.
  const env = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^npm_(package|lifecycle|command)/.test(name)),
  );
  return run("npm", args, { cwd, env, timeout: 300_000, maxBuffer: 1 << 24 });
}
