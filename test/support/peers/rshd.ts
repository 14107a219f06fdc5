import { execFileSync } from "node:child_process";
import { chmod, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { startDaemon, temporaryDirectory } from "./daemon";
import { missing } from "./required";
import { temporaryUser, temporaryUserSkip } from "./temporary-user";

const rshd = "/usr/sbin/in.rshd";
const inetd = "/usr/sbin/inetd";

/** Why tests with rshd are skipped, or false. */
export const rshdSkip =
  missing("rsh-redone-server", rshd) || missing("openbsd-inetd", inetd) || temporaryUserSkip;

export interface Rshd {
  port: number;
  /** The user to be at this host. */
  user: string;
  stop(): Promise<void>;
}

/**
 * Starts Debian's rshd on loopback, under its inetd, with a user of its own.
 *
 * @param trusted lines of rhosts(5), "host user": who needs no password
 */
export async function startRshd(trusted: readonly string[]): Promise<Rshd> {
  const home = await temporaryDirectory("rshd");
  const user = temporaryUser(home.path);
  const remove = async () => {
    user.remove();
    await home.remove();
  };
  try {
    const rhosts = join(home.path, ".rhosts");
    await writeFile(rhosts, `${trusted.join("\n")}\n`);
    // pam_rhosts trusts a file only if it is the user's, and nobody else can write to it.
    await chmod(rhosts, 0o600);
    execFileSync("chown", ["--recursive", user.name, home.path]);
    const { tree, port } = await startDaemon("127.0.0.1", async (port) => {
      const conf = join(home.path, "inetd.conf");
      await writeFile(conf, `127.0.0.1:${port} stream tcp nowait root ${rshd} in.rshd\n`);
      return { program: inetd, args: ["-i", conf] };
    });
    const stop = async () => {
      await tree.stop();
      await remove();
    };
    return { port, user: user.name, stop };
  } catch (error) {
    await remove();
    throw error;
  }
}
