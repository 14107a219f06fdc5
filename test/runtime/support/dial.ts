import assert from "node:assert/strict";
import type net from "node:net";
import { after } from "node:test";
import { Rconnect, SOCKSinit, type SocksError, type SocksOptions } from "@tsocksify/runtime";
import { nothingLeftOver } from "./left-over";
import { scriptedProxy, type ScriptedProxy, type Step } from "./scripted-proxy";

/** Greeting without password and request for an IPv4 address, in bytes. */
export const GREETING = 3;
export const REQUEST = 10;
export const METHOD = [5, 0];
export const GRANTED = [5, 0, 0, 1, 127, 0, 0, 9, 0x12, 0x34];

/** What no proxy's own fault should take longer than, milliseconds; the deadline of a dial is 5 s. */
export const PROMPTLY = 1500;

const proxies: ScriptedProxy[] = [];
after(() => Promise.all(proxies.map((proxy) => proxy.close())));

/** A scripted proxy that is closed after the file's tests. */
export async function startScripted(...scripts: (readonly Step[])[]): Promise<ScriptedProxy> {
  const proxy = await scriptedProxy(...scripts);
  proxies.push(proxy);
  return proxy;
}

export interface Dialled {
  error: SocksError | undefined;
  milliseconds: number;
  /** What the proxy has received on each connection. */
  received: Buffer[];
}

export interface DialOptions {
  /** Options of SOCKSinit, given the proxy's authority, host:port. Without any, it is a SOCKS5 proxy. */
  init?: (proxy: string) => SocksOptions;
  /** Destination, port 80. */
  host?: string;
  /** What to look at when it is connected. */
  check?: (socket: net.Socket) => Promise<void>;
}

/** Dials through a proxy with these scripts, one for each connection, and makes sure that nothing is left. */
export async function dial(
  scripts: (readonly Step[])[],
  { init, host = "192.0.2.1", check }: DialOptions = {},
): Promise<Dialled> {
  const { url, received } = await startScripted(...scripts);
  const nothingLeft = nothingLeftOver();
  const options = init?.(url) ?? {};
  SOCKSinit("test", { timeout: 5000, ...(!options.chain && { proxy: `socks5://${url}` }), ...options });
  const started = performance.now();
  const socket = Rconnect(80, host);
  const listeners = socket.eventNames();
  const error = await new Promise<SocksError | undefined>((resolve) => {
    socket.once("connect", resolve).once("error", resolve);
  });
  socket.removeAllListeners("connect").removeAllListeners("error");
  const milliseconds = performance.now() - started;
  if (error) assert.equal(socket.destroyed, true);
  else await check?.(socket);
  assert.deepEqual(socket.eventNames(), listeners, "no listener of ours is left on the socket");
  socket.destroy();
  await nothingLeft();
  return { error, milliseconds, received };
}
