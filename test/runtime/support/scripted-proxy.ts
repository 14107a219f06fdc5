import { once } from "node:events";
import net from "node:net";

/** What the scripted proxy does, in order. `send` in pieces goes out as that many segments. */
export type Step =
  /** Waits until that many bytes have come in all. */
  | { expect: number }
  | { send: Uint8Array | readonly number[] }
  | { wait: number }
  | { end: true }
  | { reset: true };

/** A server that plays a script to each client, for the faults no real proxy would show on demand. */
export interface ScriptedProxy {
  url: string;
  /** What each connection has received so far. */
  received: Buffer[];
  /** Connections that are still open. */
  open(): number;
  close(): Promise<void>;
}

/**
 * @param scripts one for each connection; the last one serves all that follow
 */
export async function scriptedProxy(...scripts: (readonly Step[])[]): Promise<ScriptedProxy> {
  const sockets = new Set<net.Socket>();
  const received: Buffer[] = [];
  const server = net.createServer((socket) => {
    const index = received.push(Buffer.alloc(0)) - 1;
    sockets.add(socket);
    socket.setNoDelay(true);
    socket.on("close", () => sockets.delete(socket)).on("error", () => {});
    let arrived = (): void => {};
    socket.on("data", (bytes) => {
      received[index] = Buffer.concat([received[index]!, bytes]);
      arrived();
    });
    const play = async (): Promise<void> => {
      for (const step of scripts[Math.min(index, scripts.length - 1)]!) {
        if ("expect" in step)
          while (received[index]!.length < step.expect) await new Promise<void>((go) => (arrived = go));
        else if ("send" in step) socket.write(Uint8Array.from(step.send));
        else if ("wait" in step) await new Promise((go) => setTimeout(go, step.wait));
        else if ("end" in step) socket.end();
        else socket.resetAndDestroy();
      }
    };
    void play();
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `127.0.0.1:${(server.address() as net.AddressInfo).port}`,
    received,
    open: () => sockets.size,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, "close");
    },
  };
}
