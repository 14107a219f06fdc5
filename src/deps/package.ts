import { existsSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";

/** The package that a file belongs to. */
export interface Package {
  /** Absolute path. */
  readonly folder: string;
  readonly name: string;
  readonly version: string;
}

interface Manifest {
  readonly name?: string;
  readonly version?: string;
  readonly type?: string;
}

/** Reads every package.json once. */
export class Packages {
  private readonly manifests = new Map<string, Manifest | undefined>();
  private readonly byFolder = new Map<string, Package | undefined>();

  /** The nearest package.json upwards that has a name; one without says only what format the files beside it have. */
  of(file: string): Package | undefined {
    return this.at(dirname(file));
  }

  /** What Node takes a `.js` file, and a compiler a `.ts` file, to be: https://nodejs.org/api/packages.html#type */
  formatOf(file: string): "module" | "commonjs" {
    const [, letter] = /\.([cm])[jt]s$/.exec(file) ?? [];
    if (letter) return letter === "m" ? "module" : "commonjs";
    for (let folder = dirname(file); ; folder = dirname(folder)) {
      const manifest = this.manifestIn(folder);
      if (manifest) return manifest.type === "module" ? "module" : "commonjs";
      if (isTop(folder)) return "commonjs";
    }
  }

  /** Every package.json that was read. */
  get paths(): string[] {
    return [...this.manifests].flatMap(([folder, manifest]) =>
      manifest ? [join(folder, "package.json")] : [],
    );
  }

  private at(folder: string): Package | undefined {
    if (!this.byFolder.has(folder)) this.byFolder.set(folder, this.find(folder));
    return this.byFolder.get(folder);
  }

  private find(folder: string): Package | undefined {
    const manifest = this.manifestIn(folder);
    // What is installed has the name of its folder, whether or not it says so itself.
    const name = manifest?.name ?? installedName(folder);
    if (name !== undefined) return { folder, name, version: manifest?.version ?? "0.0.0" };
    return isTop(folder) ? undefined : this.at(dirname(folder));
  }

  private manifestIn(folder: string): Manifest | undefined {
    if (!this.manifests.has(folder)) this.manifests.set(folder, read(join(folder, "package.json")));
    return this.manifests.get(folder);
  }
}

/** The name of a file within its package, with slashes. */
export function nameWithin({ folder }: Package, file: string): string {
  return relative(folder, file).replaceAll("\\", "/");
}

/** `@scope/name/path` is of `@scope/name`. */
export function packageNameOf(specifier: string): string {
  return specifier
    .split("/")
    .slice(0, specifier.startsWith("@") ? 2 : 1)
    .join("/");
}

/** The root of the file system, or of an installed package: above that begins somebody else's. */
function isTop(folder: string): boolean {
  return dirname(folder) === folder || installedName(folder) !== undefined;
}

/** `name` of `…/node_modules/name`, `@scope/name` of `…/node_modules/@scope/name`. */
function installedName(folder: string): string | undefined {
  return /[\\/]node_modules[\\/]((?:@[^\\/]+[\\/])?[^@\\/][^\\/]*)$/.exec(folder)?.[1]?.replaceAll("\\", "/");
}

/** A manifest that can't be parsed is nobody's: Node stops at it, too. */
function read(path: string): Manifest | undefined {
  if (!existsSync(path)) return undefined;
  try {
    return JSON.parse(readFileSync(path, "utf8")) as Manifest;
  } catch {
    return undefined;
  }
}
