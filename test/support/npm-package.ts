import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";

const cache = resolve(__dirname, "../../node_modules/.cache/tsocksify/packages");

/**
 * The folder of a published package that is no dependency of ours: its newest version in a range, installed on first
 * use, without running its scripts, into a cache outside git. Tests that run at the same time may ask for the same one.
 *
 * @param name such as `undici`
 * @param range a version range of npm's, such as `7`
 * @throws what npm said, where it is not installed and cannot be (no network, no such package)
 */
export function npmPackage(name: string, range: string): string {
  const home = join(cache, `${name.replace("/", "+")}@${range}`);
  const folder = join(home, "node_modules", name);
  if (!existsSync(folder)) install(`${name}@${range}`, home, folder);
  return folder;
}

// Built aside and moved into place whole, so that nobody sees, or runs, half an installation.
function install(specification: string, home: string, folder: string): void {
  mkdirSync(cache, { recursive: true });
  const draft = mkdtempSync(`${home}-`);
  const options = ["--ignore-scripts", "--no-save", "--no-audit", "--no-fund", "--no-package-lock"];
  try {
    execFileSync("npm", ["install", "--prefix", draft, ...options, "--loglevel=error", specification], {
      cwd: draft,
      encoding: "utf8",
      stdio: ["ignore", "ignore", "pipe"],
      shell: process.platform === "win32",
    });
    renameSync(draft, home);
  } catch (error) {
    rmSync(draft, { recursive: true, force: true });
    // Somebody else may have been quicker.
    if (!existsSync(folder))
      throw new Error(`${specification} is not here and could not be installed`, { cause: error });
  }
}
