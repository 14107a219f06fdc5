import { once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { connect, createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { ProcessTree } from "./process-tree";

/** A directory of its own for a peer's keys, configuration and log. */
export async function temporaryDirectory(peer: string): Promise<{ path: string; remove(): Promise<void> }> {
  const path = await mkdtemp(join(tmpdir(), `tsocksify-${peer}-`));
  return { path, remove: () => rm(path, { recursive: true, force: true }) };
}

/** A port that was free a moment ago. */
export async function freePort(host: string): Promise<number> {
  const server = createServer().listen(0, host);
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}

/**
 * Starts a daemon that takes no port 0, on free ports, again if somebody else took one meanwhile.
 * @param start is given the port and returns the daemon's program and arguments.
 * @returns once something listens at the port.
 */
export async function startDaemon(
  host: string,
  start: (port: number) => Promise<{ program: string; args: string[]; log?: string }>,
): Promise<{ tree: ProcessTree; port: number }> {
  let complaint = "";
  for (let attempt = 0; attempt < 3; attempt++) {
    const port = await freePort(host);
    const { program, args, log } = await start(port);
    const tree = new ProcessTree(program, args);
    for (let waited = 0; waited < 10_000 && tree.running; waited += 20) {
      await sleep(20);
      if (await answers(port, host)) {
        // It may be another's port: only a daemon that is still alive listens there.
        await sleep(50);
        if (tree.running) return { tree, port };
      }
    }
    complaint = tree.output + (log ? await readFile(log, "utf8").catch(() => "") : "");
    await tree.stop();
  }
  throw new Error(`the daemon does not start: ${complaint.trim()}`);
}

async function answers(port: number, host: string): Promise<boolean> {
  const socket = connect(port, host);
  try {
    await once(socket, "connect");
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}
