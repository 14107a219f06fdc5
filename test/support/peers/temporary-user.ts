import { execFileSync } from "node:child_process";
import { randomBytes } from "node:crypto";

/** Why tests that need a user of the system are skipped, or false: a throw-away one is made in CI alone. */
export const temporaryUserSkip =
  process.env.CI === "true" && process.getuid?.() === 0 ? false : "needs root and CI=true";

/**
 * A system user with a random password.
 *
 * @param home a home directory that exists; with one, the user has a shell, too
 */
export function temporaryUser(home?: string): { name: string; password: string; remove(): void } {
  const name = `tsx${randomBytes(4).toString("hex")}`;
  const password = randomBytes(12).toString("hex");
  const hash = execFileSync("openssl", ["passwd", "-6", "-stdin"], { input: password }).toString().trim();
  const shell =
    home === undefined ? ["--shell", "/usr/sbin/nologin"] : ["--shell", "/bin/sh", "--home-dir", home];
  execFileSync("useradd", ["--no-create-home", ...shell, "--password", hash, name]);
  return { name, password, remove: () => void execFileSync("userdel", [name]) };
}
