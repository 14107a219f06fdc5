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

/** This repository. */
export const repository = resolve(__dirname, "../..");

/** A user's files, in a directory of their own outside of this repository: only what is linked can be found there. */
export class UserFolder {
  readonly directory: string;

  /** @param purpose part of the directory's name */
  constructor(purpose: string) {
    this.directory = realpathSync(mkdtempSync(join(tmpdir(), `tsocksify-${purpose}-`)));
  }

  at(path: string): string {
    return join(this.directory, path);
  }

  write(path: string, content: string | Uint8Array): void {
    mkdirSync(dirname(this.at(path)), { recursive: true });
    writeFileSync(this.at(path), content);
  }

  read(path: string): string {
    return readFileSync(this.at(path), "utf8");
  }

  link(path: string, target: string): void {
    mkdirSync(dirname(this.at(path)), { recursive: true });
    symlinkSync(target, this.at(path));
  }

  /** @param name what the package is found by there; `from`: where it is */
  linkPackage(name: string, from = join(repository, "node_modules", name)): void {
    this.link(join("node_modules", name), from);
  }

  /** A copy with links to its dependencies: for packages that look for each other from where they really are. */
  copyPackage(name: string, from: string): void {
    cpSync(from, this.at(join("node_modules", name)), { recursive: true });
    const manifest = JSON.parse(readFileSync(join(from, "package.json"), "utf8")) as {
      dependencies?: Record<string, string>;
    };
    for (const dependency of Object.keys(manifest.dependencies ?? {}))
      if (!existsSync(join(from, "node_modules", dependency))) this.linkPackage(dependency);
  }

  remove(): void {
    rmSync(this.directory, { recursive: true, force: true });
  }
}
