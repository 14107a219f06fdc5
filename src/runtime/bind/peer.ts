import net = require("node:net");
import type { Settings } from "../config/settings";
import { SocksError } from "../errors/SocksError";
import { connectedHosts, hostsBehind } from "../net/connections";
import { destinationOf } from "../net/established";
import { lastConnected } from "./lastConnect";

/** Whom a BIND is for: a host, or a connection of ours to it. */
export type Peer = string | { host: string } | net.Socket;

const given = new WeakMap<net.Server, string>();

/** Remembers whom `server` is to be reachable for. */
export function setPeer(server: net.Server, peer: Peer): void {
  given.set(server, hostOf(peer));
}

/** @throws SocksError EINVAL for a socket that is not connected through a proxy */
export function hostOf(peer: Peer): string {
  if (typeof peer === "string") return peer;
  if (!(peer instanceof net.Socket)) return peer.host;
  const destination = destinationOf(peer);
  if (destination) return destination.host;
  throw new SocksError({
    code: "EINVAL",
    syscall: "bind",
    stage: "configuration",
    reason: "the socket given as peer is not connected through a SOCKS proxy",
    remedy: "Give a socket that Rconnect has connected, or the peer's name or address.",
  });
}

/** The server is for whom the last connect went to: "What SOCKS expects" of connect, bind, getsockname, listen. */
export function expectLastConnected(server: net.Server): void {
  sequential.add(server);
}

const sequential = new WeakSet<net.Server>();

/** Where a `listen` is to happen: here, or at the proxy for that peer, or not at all. */
export type Place = { at: "here" } | { at: "proxy"; peer: string } | { at: "nowhere"; error: SocksError };

/**
 * "What SOCKS expects": bind only after a successful connect to the service's host, which is the peer.
 *
 * - `auto`: at the proxy when a peer was given (Rbind), when the address to listen on is one of the proxy's, that
 *   is BND of an open connection of ours, and for the Berkeley face's bind of port 0 after a connect; everything else
 *   is an ordinary server and listens here. So does a server at 127.0.0.1 or ::1, even if the proxy reached a service
 *   of its own machine from there: programs that use this address mean their own machine.
 * - `bind`: at the proxy, for the peer given, or the host of the last connect in the same asynchronous context, or the
 *   only host that we are connected to.
 * - `local`: here. `deny`: nowhere.
 *
 * A peer is never guessed among several: which connection of the whole process was the last one is chance in a
 * program that serves many.
 *
 * @param host the address to listen on, as the program gave it
 */
export function placeFor(
  server: net.Server,
  policy: Settings["bind"],
  host: string | undefined,
  port: number,
): Place {
  if (policy === "local") return { at: "here" };
  if (policy === "deny") return { at: "nowhere", error: denied(port) };
  const peer = given.get(server);
  if (peer !== undefined) return { at: "proxy", peer };
  const any = policy === "bind" || sequential.has(server);
  if (!any && isLoopback(host)) return { at: "here" };
  const candidates = candidatesFor(host, any);
  if (policy === "auto" && (port !== 0 || candidates.length === 0)) return { at: "here" };
  if (candidates.length === 1) return { at: "proxy", peer: candidates[0]! };
  return { at: "nowhere", error: unclear(candidates, port) };
}

function isLoopback(host: string | undefined): boolean {
  return host === "127.0.0.1" || host === "::1";
}

/** @param any whether the address to listen on may be any: then it does not tell which connection is meant */
function candidatesFor(host: string | undefined, any: boolean): string[] {
  const last = lastConnected();
  const behind = host === undefined ? [] : hostsBehind(host);
  if (behind.length > 0) return last?.host !== undefined && behind.includes(last.host) ? [last.host] : behind;
  if (!any) return [];
  if (!last) return connectedHosts();
  return last.host === undefined ? [] : [last.host];
}

function denied(port: number): SocksError {
  return new SocksError({
    code: "EACCES",
    syscall: "listen",
    stage: "configuration",
    port,
    reason: 'SOCKSinit({ bind: "deny" }) forbids to listen',
    remedy: 'Use bind: "auto" or "local", if the server is wanted.',
  });
}

function unclear(candidates: readonly string[], port: number): SocksError {
  return new SocksError({
    code: "EDESTADDRREQ",
    syscall: "bind",
    stage: "configuration",
    port,
    reason:
      candidates.length === 0
        ? "a BIND needs to know who will connect, and there is no connection to that host"
        : `a BIND needs to know who will connect, which may be ${candidates.join(", ")}`,
    remedy: "Say so before listen: Rbind(server, host), or Rbind(server, socket) with the connection to it.",
  });
}
