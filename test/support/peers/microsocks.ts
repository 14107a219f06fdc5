import { startDaemon } from "./daemon";
import { missing } from "./required";

const program = "/usr/bin/microsocks";

/** Why tests with microsocks are skipped, or false. */
export const microsocksSkip = missing("microsocks", program);

export interface Microsocks {
  port: number;
  /** `socks5://127.0.0.1:port`: SOCKS5 CONNECT only. It drops what comes behind a greeting. */
  url: string;
  stop(): Promise<void>;
}

/** Starts Debian's microsocks on a port of its own. */
export async function startMicrosocks(): Promise<Microsocks> {
  const host = "127.0.0.1";
  const { tree, port } = await startDaemon(host, async (port) => ({
    program,
    args: ["-i", host, "-p", String(port)],
  }));
  return { port, url: `socks5://${host}:${port}`, stop: () => tree.stop() };
}
