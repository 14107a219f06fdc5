import { chmod, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { startDaemon, temporaryDirectory } from "./daemon";
import { missing } from "./required";

const telnetd = "/usr/sbin/telnetd";
const inetd = "/usr/sbin/inetd";

/** Why tests with telnetd are skipped, or false: it opens terminals, and its inetd changes users. */
export const telnetdSkip =
  missing("inetutils-telnetd", telnetd) ||
  missing("openbsd-inetd", inetd) ||
  (process.getuid?.() === 0 || process.env.CI === "true" ? false : "needs root");

export interface Telnetd {
  port: number;
  stop(): Promise<void>;
}

/**
 * Starts Debian's telnetd on loopback, under its inetd.
 *
 * @param script for the shell, in the place of login(1); it runs at a terminal of its own
 */
export async function startTelnetd(script: string): Promise<Telnetd> {
  const directory = await temporaryDirectory("telnetd");
  try {
    const login = join(directory.path, "login");
    await writeFile(login, `#!/bin/sh\n${script}`);
    for (const path of [directory.path, login]) await chmod(path, 0o755);
    const { tree, port } = await startDaemon("127.0.0.1", async (port) => {
      const conf = join(directory.path, "inetd.conf");
      const service = `127.0.0.1:${port} stream tcp nowait root ${telnetd} telnetd`;
      await writeFile(conf, `${service} --no-hostinfo --exec-login=${login}\n`);
      return { program: inetd, args: ["-i", conf] };
    });
    const stop = async () => {
      await tree.stop();
      await directory.remove();
    };
    return { port, stop };
  } catch (error) {
    await directory.remove();
    throw error;
  }
}
