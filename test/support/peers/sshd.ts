import { execFile } from "node:child_process";
import { mkdir, writeFile } from "node:fs/promises";
import { userInfo } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { startDaemon, temporaryDirectory } from "./daemon";
import { missing } from "./required";

const program = "/usr/sbin/sshd";
const client = "/usr/bin/ssh";
const run = promisify(execFile);

/** Why tests with `ssh -D` are skipped, or false. */
export const sshdSkip = missing("openssh-server", program) || missing("openssh-client", client);

export interface SshDynamicForward {
  port: number;
  /** `socks5://127.0.0.1:port`, the end of `ssh -D`; it speaks SOCKS 4, 4a and 5 without password, CONNECT only. */
  url: string;
  stop(): Promise<void>;
}

/** Starts an OpenSSH server with throw-away keys on loopback and `ssh -N -D` to it. */
export async function startSshDynamicForward(): Promise<SshDynamicForward> {
  const directory = await temporaryDirectory("sshd");
  const file = (name: string) => join(directory.path, name);
  const stops: (() => Promise<void>)[] = [directory.remove];
  const stop = async () => {
    while (stops.length > 0) await stops.pop()!();
  };
  try {
    for (const key of ["host", "user"])
      await run("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-C", key, "-f", file(key)]);
    // sshd insists on its privilege separation directory when it runs as root.
    if (process.getuid?.() === 0) await mkdir("/run/sshd", { recursive: true, mode: 0o755 });
    const sshd = await startDaemon("127.0.0.1", async (port) => {
      await writeFile(file("sshd_config"), configuration(port, directory.path));
      return { program, args: ["-D", "-e", "-f", file("sshd_config")] };
    });
    stops.push(() => sshd.tree.stop());
    const ssh = await startDaemon("127.0.0.1", async (port) => ({
      program: client,
      args: [
        ...["-N", "-F", "none", "-i", file("user"), "-p", String(sshd.port), "-D", `127.0.0.1:${port}`],
        ...Object.entries(clientOptions).flatMap(([name, value]) => ["-o", `${name}=${value}`]),
        ...["-l", userInfo().username, "127.0.0.1"],
      ],
    }));
    stops.push(() => ssh.tree.stop());
    return { port: ssh.port, url: `socks5://127.0.0.1:${ssh.port}`, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

const clientOptions = {
  BatchMode: "yes",
  ExitOnForwardFailure: "yes",
  IdentitiesOnly: "yes",
  IdentityAgent: "none",
  StrictHostKeyChecking: "no",
  UserKnownHostsFile: "/dev/null",
  LogLevel: "ERROR",
};

function configuration(port: number, directory: string): string {
  return `Port ${port}
ListenAddress 127.0.0.1
HostKey ${directory}/host
AuthorizedKeysFile ${directory}/user.pub
PidFile none
StrictModes no
UsePAM no
PasswordAuthentication no
KbdInteractiveAuthentication no
PermitRootLogin prohibit-password
AllowTcpForwarding yes
MaxStartups 50
LogLevel ERROR
`;
}
