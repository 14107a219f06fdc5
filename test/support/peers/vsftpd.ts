import { chmod, mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { startDaemon, temporaryDirectory } from "./daemon";
import { missing } from "./required";

const program = "/usr/sbin/vsftpd";

/** Why tests with vsftpd are skipped, or false: it takes no connection unless it is root. */
export const vsftpdSkip =
  missing("vsftpd", program) ||
  (process.getuid?.() === 0 || process.env.CI === "true" ? false : "needs root");

export interface Vsftpd {
  port: number;
  /** What it has logged so far: connections, logins and transfers, with the address they came from. */
  log(): Promise<string>;
  stop(): Promise<void>;
}

/**
 * Starts Debian's vsftpd on loopback, for anonymous users and for active mode only: it connects to the client.
 * A PORT with another address than the one that the client's control connection comes from is refused by it.
 *
 * @param files what can be retrieved: contents by name
 */
export async function startVsftpd(files: Readonly<Record<string, string | Uint8Array>>): Promise<Vsftpd> {
  const directory = await temporaryDirectory("vsftpd");
  const conf = join(directory.path, "vsftpd.conf");
  const log = join(directory.path, "vsftpd.log");
  const [empty, root] = [join(directory.path, "empty"), join(directory.path, "root")];
  try {
    await chmod(directory.path, 0o755);
    for (const path of [empty, root]) await mkdir(path);
    for (const [name, contents] of Object.entries(files)) await writeFile(join(root, name), contents);
    // It changes its root to these two, and insists that they cannot be written to.
    for (const path of [empty, root]) await chmod(path, 0o555);
    const { tree, port } = await startDaemon("127.0.0.1", async (port) => {
      await writeFile(
        conf,
        `listen=YES
listen_ipv6=NO
listen_address=127.0.0.1
listen_port=${port}
background=NO
anonymous_enable=YES
anon_root=${root}
no_anon_password=YES
local_enable=NO
pasv_enable=NO
port_enable=YES
port_promiscuous=NO
connect_from_port_20=NO
secure_chroot_dir=${empty}
seccomp_sandbox=NO
use_localtime=NO
xferlog_enable=YES
vsftpd_log_file=${log}
`,
      );
      return { program, args: [conf], log };
    });
    return {
      port,
      log: () => readFile(log, "utf8"),
      stop: async () => {
        await tree.stop();
        await directory.remove();
      },
    };
  } catch (error) {
    await directory.remove();
    throw error;
  }
}
