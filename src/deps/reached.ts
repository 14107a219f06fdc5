import type ts from "typescript";
import type { Arrival } from "./dependency.js";
import { nameWithin, type Package } from "./package.js";

/** A package at one version, wherever and however often it is installed. */
export interface Reached {
  readonly name: string;
  /** Undefined where it is not installed. */
  readonly version: string | undefined;
  /** Absolute paths; none where it is not installed. */
  readonly folders: string[];
  readonly arrival: Arrival;
  /** The packages between the project and this one. */
  readonly through: readonly string[];
  /** Its files that are loaded, by their names within the package. */
  readonly files: Map<string, ReachedFile>;
  /** Where it loads machine code. */
  readonly addons: Addon[];
}

export interface ReachedFile {
  /** Absolute. */
  readonly path: string;
  /** With parents set; kept only where it may have a call site. */
  source?: ts.SourceFile;
  /** Why nothing can be said of it, where that is so. */
  unreadable?: string;
}

export interface Addon {
  /** The name, within the package, of the file that loads it. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly specifier: string;
}

/** Every package that has been reached, each version once. */
export class Register {
  private readonly byKey = new Map<string, Reached>();

  /**
   * @param from the package that leads to it; undefined for the project
   * @param place the import that leads to it
   */
  entry(name: string, version: string | undefined, from: Reached | undefined, place: Arrival): Reached {
    const key = `${name}@${version ?? ""}`;
    const known = this.byKey.get(key);
    if (known) return known;
    const arrival = from?.arrival ?? place;
    const through = from ? [...from.through, from.name] : [];
    const reached = { name, version, folders: [], arrival, through, files: new Map(), addons: [] };
    this.byKey.set(key, reached);
    return reached;
  }

  /** By name and version. */
  get packages(): Reached[] {
    return [...this.byKey.keys()].sort().map((key) => this.byKey.get(key)!);
  }
}

/** Adds a file, unless a second copy of the version had it already. */
export function addFile({ folders, files }: Reached, at: Package, path: string): ReachedFile {
  if (!folders.includes(at.folder)) folders.push(at.folder);
  const within = nameWithin(at, path);
  const file = files.get(within) ?? { path };
  files.set(within, file);
  return file;
}
