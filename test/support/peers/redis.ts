import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { freePort, startDaemon, temporaryDirectory } from "./daemon";
import { missing } from "./required";

const program = "/usr/bin/redis-server";

/** Why tests with Redis are skipped, or false. */
export const redisSkip = missing("redis-server", program);

export interface Redis {
  port: number;
  /** Redis in TLS. */
  tlsPort: number;
  password: string;
  stop(): Promise<void>;
}

/**
 * Starts Debian's redis-server on loopback, in memory only.
 * @param certificates paths of PEM files.
 */
export async function startRedis(certificates: { ca: string; cert: string; key: string }): Promise<Redis> {
  const directory = await temporaryDirectory("redis");
  const conf = join(directory.path, "redis.conf");
  const password = "secret";
  let tlsPort = 0;
  try {
    const { tree, port } = await startDaemon("127.0.0.1", async (port) => {
      tlsPort = await freePort("127.0.0.1");
      await writeFile(
        conf,
        `bind 127.0.0.1
port ${port}
tls-port ${tlsPort}
tls-cert-file ${certificates.cert}
tls-key-file ${certificates.key}
tls-ca-cert-file ${certificates.ca}
tls-auth-clients no
requirepass ${password}
dir ${directory.path}
save ""
daemonize no
`,
      );
      return { program, args: [conf] };
    });
    const stop = async () => {
      await tree.stop();
      await directory.remove();
    };
    return { port, tlsPort, password, stop };
  } catch (error) {
    await directory.remove();
    throw error;
  }
}
