import { existsSync } from "node:fs";

/**
 * Why tests against a real peer are skipped: `false` if all its programs are installed. With CI=true a peer is
 * never missing, so that its tests fail instead of vanishing.
 * @param pkg the Debian package that brings the programs.
 */
export function missing(pkg: string, ...programs: string[]): string | false {
  if (process.env.CI === "true" || programs.every((program) => existsSync(program))) return false;
  return `${pkg} is not installed (apt-get install ${pkg})`;
}
