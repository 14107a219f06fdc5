import { chmod, mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
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

export interface VsftpdOptions {
  /** Let it listen for data as well. Default: it only connects to the client. */
  passive?: boolean;
  /** A folder that can be written to. */
  uploads?: string;
}

/**
 * Starts Debian's vsftpd on loopback, for anonymous users. In active mode it connects to the client, and refuses a
 * PORT with another address than the one that the client's control connection comes from.
 *
 * @param files what can be retrieved: contents by name
 */
export async function startVsftpd(
  files: Readonly<Record<string, string | Uint8Array>>,
  { passive = false, uploads }: VsftpdOptions = {},
): Promise<Vsftpd> {
  const directory = await temporaryDirectory("vsftpd");
  const conf = join(directory.path, "vsftpd.conf");
  const log = join(directory.path, "vsftpd.log");
  const [empty, root] = [join(directory.path, "empty"), join(directory.path, "root")];
  try {
    await chmod(directory.path, 0o755);
    for (const path of [empty, root]) await mkdir(path);
    for (const [name, contents] of Object.entries(files)) await writeFile(join(root, name), contents);
    // It changes its root to these two, and insists that they cannot be written to.
    if (uploads) await mkdir(join(root, uploads));
    if (uploads) await chmod(join(root, uploads), 0o777);
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
pasv_enable=${passive ? "YES" : "NO"}
write_enable=${uploads ? "YES" : "NO"}
anon_upload_enable=YES
anon_mkdir_write_enable=YES
anon_other_write_enable=YES
anon_umask=022
ascii_upload_enable=YES
ascii_download_enable=YES
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
    await probeIsLogged(log);
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

/** Whoever asked whether it listens is in its log, too, and may be late: what comes after that is the test's. */
async function probeIsLogged(log: string): Promise<void> {
  for (let waited = 0; waited < 10_000; waited += 20) {
    if ((await readFile(log, "utf8").catch(() => "")).includes("CONNECT: Client")) return;
    await sleep(20);
  }
  throw new Error("vsftpd does not log who connects");
}
