import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { SupportedMajor } from "../support/node-versions";
import { SourceArchive } from "./debian";

const cache = join(__dirname, "../../.cache/node");

/** Node's own tests. */
export interface NodeTests {
  /** The release of Node whose tests these are, such as 20.19.2. */
  version: string;
  /** The folder `test` of its source, with `parallel`, `common` and `fixtures`. */
  folder: string;
}

/**
 * Node's own tests of a release line, from Debian's source package of nodejs: the newest that the mirror holds, or
 * what an earlier run left in a cache outside git. Debian has no package of the newest line for some months after
 * its first release: then the tests are those of the newest line before it.
 *
 * @throws what apt said of each version that was tried; or what is missing
 */
export function nodeTests(major: SupportedMajor): NodeTests {
  const line = join(cache, String(major));
  if (!existsSync(line)) fetchTests(major, line);
  const version = readdirSync(line)[0]!;
  return { version, folder: join(line, version, "test") };
}

function fetchTests(major: SupportedMajor, line: string): void {
  mkdirSync(cache, { recursive: true });
  const draft = mkdtempSync(join(cache, "draft-"));
  try {
    const archive = new SourceArchive(draft);
    const known = archive.versions("nodejs");
    const failures: string[] = [];
    for (const version of candidates(known, major)) {
      try {
        const tarball = archive.tarball("nodejs", version);
        unpack(tarball, join(draft, "line", nodeVersion(version)));
        renameSync(join(draft, "line"), line);
        return;
      } catch (error) {
        failures.push((error as Error).message);
      }
    }
    throw new Error(
      [`no source of Node ${major} from the mirror, which lists ${known.join(", ")}`, ...failures].join("\n"),
    );
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}

/** "22.22.2+dfsg+~cs22.19.15-3" packages Node 22.22.2. */
function nodeVersion(debian: string): string {
  return /^\d+\.\d+\.\d+/.exec(debian)![0];
}

/** The versions of the newest release line that there is, up to this one; newest first. */
function candidates(known: readonly string[], major: SupportedMajor): string[] {
  const line = (version: string): number => Number.parseInt(version, 10);
  const newest = Math.max(...known.map(line).filter((each) => each <= major));
  return known
    .filter((version) => line(version) === newest)
    .sort((a, b) => b.localeCompare(a, "en", { numeric: true }));
}

function unpack(tarball: string, folder: string): void {
  mkdirSync(folder, { recursive: true });
  const wanted = ["parallel", "common", "fixtures"].map((part) => `*/test/${part}`);
  const options = ["--strip-components=1", "--wildcards", ...wanted];
  execFileSync("tar", ["-xf", tarball, "-C", folder, ...options], { stdio: ["ignore", "ignore", "pipe"] });
}
