import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer, type AddressInfo } from "node:net";
import { createSockd } from "../../src/sockd/index.js";

/** What a program said, and which of its connections came through the proxy. */
export interface Connections {
  readonly code: number | null;
  readonly said: string;
  readonly errors: string;
  readonly proxied: number;
  /** All that arrived. */
  readonly all: number;
}

/**
 * Runs a program of Node with a SOCKS server and a server that sends back what it gets, whose port on 127.0.0.1 is the last
 * argument.
 *
 * @param cwd absolute path
 * @param node path of the executable
 */
export async function connectionsOf(
  cwd: string,
  args: readonly string[],
  node = process.execPath,
): Promise<Connections> {
  let all = 0;
  const echo = createServer((socket) => (all++, socket.on("error", () => {}).pipe(socket)));
  echo.listen(0, "127.0.0.1");
  const sockd = await createSockd({ allow: ["127.0.0.1"] }).listen();
  try {
    const { port } = echo.address() as AddressInfo;
    const child = spawn(node, [...args, String(port)], {
      cwd,
      env: { ...process.env, NODE_OPTIONS: "", SOCKS_SERVER: sockd.url, NO_PROXY: "" },
      stdio: ["ignore", "pipe", "pipe"],
    });
    let said = "";
    let errors = "";
    child.stdout.on("data", (chunk) => (said += String(chunk)));
    child.stderr.on("data", (chunk) => (errors += String(chunk)));
    const [code] = (await once(child, "close")) as [number | null];
    const proxied = sockd.counters.connects[`127.0.0.1:${port}`] ?? 0;
    return { code, said, errors, proxied, all };
  } finally {
    await sockd.close({ grace: 0 });
    echo.close();
  }
}
