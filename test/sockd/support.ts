import { spawn } from "node:child_process";
import { once } from "node:events";
import { connect, createServer, type AddressInfo, type Server, type Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import type { TestContext } from "node:test";
import { createSockd, type Sockd, type SockdOptions } from "tsocksify/sockd";

/** A listening server of the test, closed with all its connections at the test's end. */
export async function listen(
  t: TestContext,
  onConnection: (socket: Socket) => void,
  { host = "127.0.0.1", allowHalfOpen = false } = {},
): Promise<{ port: number; server: Server; accepted: () => number }> {
  const sockets = new Set<Socket>();
  let accepted = 0;
  const server = createServer({ allowHalfOpen }, (socket) => {
    accepted++;
    sockets.add(socket);
    socket.on("error", () => {}).on("close", () => sockets.delete(socket));
    onConnection(socket);
  });
  server.listen(0, host);
  await once(server, "listening");
  t.after(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return { port: (server.address() as AddressInfo).port, server, accepted: () => accepted };
}

/** A listening SOCKS server of the test, closed at the test's end. */
export async function sockd(t: TestContext, options: SockdOptions = {}, host = "127.0.0.1"): Promise<Sockd> {
  const server = await createSockd(options).listen(0, host);
  t.after(() => server.close({ grace: 0 }));
  return server;
}

/** A bare client of `server` that collects what it receives. */
export async function bareClient(t: TestContext, server: Sockd): Promise<BareClient> {
  const { port, address } = server.address();
  const socket = connect({ port, host: address, allowHalfOpen: true });
  t.after(() => socket.destroy());
  await once(socket, "connect");
  return new BareClient(socket);
}

export class BareClient {
  #received = Buffer.alloc(0);
  #ended = false;
  /** What the connection broke with. */
  error: NodeJS.ErrnoException | undefined;

  constructor(readonly socket: Socket) {
    socket.on("error", (error) => (this.error = error));
    socket.on("data", (chunk) => (this.#received = Buffer.concat([this.#received, chunk])));
    socket.on("end", () => (this.#ended = true)).on("close", () => (this.#ended = true));
  }

  send(bytes: Uint8Array | readonly number[] | string): this {
    this.socket.write(typeof bytes === "string" ? bytes : Uint8Array.from(bytes));
    return this;
  }

  /** Waits for `count` bytes and takes them. */
  async take(count: number): Promise<number[]> {
    while (this.#received.length < count && !this.#ended) await this.#change();
    const head = [...this.#received.subarray(0, count)];
    this.#received = this.#received.subarray(count);
    return head;
  }

  /** Everything that arrives until the server ends the connection. */
  async rest(): Promise<number[]> {
    while (!this.#ended) await this.#change();
    return this.take(this.#received.length);
  }

  /** Waits until the connection is closed, also by a reset. */
  async closed(): Promise<void> {
    while (!this.socket.closed) await new Promise((resolve) => this.socket.once("close", resolve));
  }

  #change(): Promise<unknown> {
    return new Promise((resolve) => {
      for (const event of ["data", "end", "close"]) this.socket.once(event, resolve);
    });
  }
}

/** `port` in network byte order. */
export function port16(port: number): [number, number] {
  return [port >> 8, port & 255];
}

export function ascii(text: string): number[] {
  return [...Buffer.from(text, "latin1")];
}

/** Waits until `server` has no open session. */
export async function ended(server: Sockd): Promise<void> {
  for (let waited = 0; server.counters.open > 0; waited += 5) {
    if (waited > 10_000) throw new Error(`sessions stay open: ${JSON.stringify(server.sessions)}`);
    await sleep(5);
  }
}

/**
 * A port of 127.0.0.1 that drops SYNs: its server is stopped (SIGSTOP) and its backlog is full.
 */
export async function blackHole(t: TestContext): Promise<number> {
  const program = `const s = require("net").createServer().listen({ port: 0, host: "127.0.0.1", backlog: 1 },
    () => console.log(s.address().port))`;
  const child = spawn(process.execPath, ["-e", program], { stdio: ["ignore", "pipe", "inherit"] });
  const [line] = (await once(child.stdout, "data")) as [Buffer];
  const port = Number(line);
  child.kill("SIGSTOP");
  // listen(2): a queue of length n holds n + 1 connections.
  const waiting = Array.from({ length: 4 }, () => connect(port, "127.0.0.1").on("error", () => {}));
  t.after(() => {
    for (const socket of waiting) socket.destroy();
    child.kill("SIGKILL");
  });
  await once(waiting[0]!, "connect");
  await sleep(20);
  return port;
}
