import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  renameSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, relative, resolve } from "node:path";
import { isDeclaration, isSource } from "../../../src/project/walk";
import { repository, UserFolder } from "../../support/user-folder";

const description = resolve(__dirname, "../tree");
const { dependencies } = JSON.parse(readFileSync(join(description, "package.json"), "utf8")) as {
  dependencies: Record<string, string>;
};

/** Packages that publish their TypeScript sources: 3,528 files in all. */
export const packages = Object.keys(dependencies).filter((name) => name !== "@types/node");

/** Those of them that open sockets. */
const opening = ["@antv/g2", "@cloudamqp/amqp-client", "effect", "ldapts", "ox"];
export const quietPackages = packages.filter((name) => !opening.includes(name));

/** Selections by the number of files in them. */
export const sizes = {
  100: ["ldapts"],
  1000: ["@antv/g2", "@antv/scale", "@antv/util", "@antv/x6"],
  3500: packages,
} as const;

const compilerOptions = {
  target: "es2022",
  lib: ["esnext", "dom", "dom.iterable"],
  module: "esnext",
  moduleResolution: "bundler",
  strict: true,
  noImplicitAny: false,
  skipLibCheck: true,
  rewriteRelativeImportExtensions: true,
  allowImportingTsExtensions: true,
  types: ["node"],
  outDir: "dist",
  rootDir: "src",
  esModuleInterop: true,
  resolveJsonModule: true,
  jsx: "preserve",
};

export interface TreeOptions {
  /** The compiler, by its name in our node_modules. */
  readonly typescript: string;
  /** The ts-patch beside it, likewise. */
  readonly tspatch?: string;
  /** Default: all. */
  readonly packages?: readonly string[];
  /** How often each package is there. */
  readonly copies?: number;
  /** Compiler options besides those that the packages need. */
  readonly options?: object;
}

/** A project of published sources, with their dependencies and one compiler. */
export class SourceTree extends UserFolder {
  readonly fileCount: number;

  constructor({ typescript, tspatch, packages: wanted = packages, copies = 1, options }: TreeOptions) {
    super("bench");
    const installed = install();
    const ours = (name: string): string => join(repository, "node_modules", name);
    this.linkPackage("@tsocksify/runtime");
    this.linkPackage("tsocksify", repository);
    if (tspatch === undefined) this.linkPackage("typescript", ours(typescript));
    else {
      this.copyPackage("typescript", ours(typescript));
      this.copyPackage("ts-patch", ours(tspatch));
    }
    for (const name of packagesIn(installed))
      if (!existsSync(this.at(join("node_modules", name)))) this.linkPackage(name, join(installed, name));
    for (let copy = 1; copy <= copies; copy++)
      for (const name of wanted) copySources(join(installed, name), this.at(`src/${copy}/${name}`));
    this.write(
      "tsconfig.json",
      JSON.stringify({ compilerOptions: { ...compilerOptions, ...options }, include: ["src"] }),
    );
    this.fileCount = readdirSync(this.at("src"), { recursive: true, withFileTypes: true }).filter((entry) =>
      entry.isFile(),
    ).length;
  }
}

/** The packages, installed once for each lockfile; the folder's name tells that it is complete. */
function install(): string {
  const lock = readFileSync(join(description, "package-lock.json"));
  const hash = createHash("sha256").update(lock).digest("hex").slice(0, 12);
  const folder = join(tmpdir(), `tsocksify-bench-tree-${hash}`);
  const installed = join(folder, "node_modules");
  if (existsSync(folder)) return installed;
  const making = mkdtempSync(`${folder}-`);
  for (const name of ["package.json", "package-lock.json"])
    copyFileSync(join(description, name), join(making, name));
  console.error(`Installing the packages of ${relative(repository, description)} in ${folder} …`);
  const { status } = spawnSync("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund"], {
    cwd: making,
    stdio: ["ignore", "ignore", "inherit"],
    shell: process.platform === "win32",
  });
  if (status !== 0) throw new Error(`npm ci failed in ${making}`);
  renameSync(making, folder);
  return installed;
}

function packagesIn(installed: string): string[] {
  return readdirSync(installed)
    .filter((name) => !name.startsWith("."))
    .flatMap((name) =>
      name.startsWith("@") ? readdirSync(join(installed, name)).map((each) => `${name}/${each}`) : [name],
    );
}

/** Tests are written for other tools than are installed. */
const isTest = (path: string): boolean =>
  /(?:^|[\\/])(?:tests?|__tests__|benchmarks|_types|_test)[\\/]|\.(?:test|spec|bench|test-d)\./.test(path);

function copySources(from: string, to: string): void {
  for (const entry of readdirSync(from, { recursive: true, withFileTypes: true })) {
    const path = relative(from, join(entry.parentPath, entry.name));
    if (!entry.isFile() || !/\.[cm]?tsx?$/.test(path) || isDeclaration(path) || !isSource(path)) continue;
    if (isTest(path) || path.includes("node_modules")) continue;
    cpSync(join(from, path), join(to, path));
  }
}
