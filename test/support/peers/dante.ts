import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { startDaemon, temporaryDirectory } from "./daemon";
import { missing } from "./required";
import { temporaryUserSkip } from "./temporary-user";

const program = "/usr/sbin/danted";

/** Why tests with Dante are skipped, or false. */
export const danteSkip = missing("dante-server", program);

/** Why tests with Dante's user/password method are skipped, or false: it knows only users of the system. */
export const dantePasswordSkip = danteSkip || temporaryUserSkip;

export interface DanteOptions {
  /** Address to listen at and to connect from. Default 127.0.0.1. */
  host?: string;
  /** Require this system user's password (SOCKS5 only), see temporaryUser. */
  passwordRequired?: boolean;
  /** Further lines of sockd.conf before the rules. */
  conf?: string;
  /** The commands allowed. Default "connect bind bindreply". */
  commands?: string;
}

export interface Dante {
  host: string;
  port: number;
  /** `socks5://host:port`; Dante speaks SOCKS4 at the same port, but not 4a: it connects to 0.0.0.1. */
  url: string;
  /** Path of its log. */
  log: string;
  stop(): Promise<void>;
}

/** Starts Debian's dante-server with SOCKS 4 and 5, CONNECT and BIND on a port of its own. */
export async function startDante(options: DanteOptions = {}): Promise<Dante> {
  const { host = "127.0.0.1", commands = "connect bind bindreply" } = options;
  const directory = await temporaryDirectory("dante");
  const conf = join(directory.path, "sockd.conf");
  const log = join(directory.path, "sockd.log");
  const { tree, port } = await startDaemon(host, async (port) => {
    await writeFile(
      conf,
      `logoutput: ${log}
internal: ${host} port = ${port}
external: ${host}
clientmethod: none
socksmethod: ${options.passwordRequired ? "username" : "none"}
user.privileged: root
user.unprivileged: nobody
${options.conf ?? ""}
client pass {
  from: 0/0 to: 0/0
}
socks pass {
  from: 0/0 to: 0/0
  command: ${commands}
  log: connect disconnect error
}
`,
    );
    return { program, args: ["-f", conf, "-p", join(directory.path, "pid"), "-N", "1"], log };
  }).catch(async (error: unknown) => {
    await directory.remove();
    throw error;
  });
  return {
    host,
    port,
    url: `socks5://${host.includes(":") ? `[${host}]` : host}:${port}`,
    log,
    stop: async () => {
      await tree.stop();
      await directory.remove();
    },
  };
}
