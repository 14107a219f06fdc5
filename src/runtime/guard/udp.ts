import dgram from "node:dgram";
import type { Blotter } from "./blotter";
import { hidden } from "./hidden";
import type { Incident } from "./incident";
import { EACCES, intercept } from "./intercept";
import { Origins } from "./origins";

/** What makes a UDP socket receive or send. A datagram has no way through a SOCKS proxy here. */
const USES = ["bind", "bind6", "connect", "connect6", "send", "send6"];

/**
 * Watches UDP sockets: each is an incident once, when it is first used.
 *
 * @returns ends the watch
 */
export function watchUDP(blotter: Blotter): () => void {
  const incidents = new WeakMap<object, Incident>();
  const origins = new Origins("udp.socket", "UDPWRAP", handleOf);
  const stop = intercept(udpPrototype(), USES, (handle, name, args) => {
    const known = incidents.get(handle);
    // Sending binds first; only then is the destination known.
    if (known) Object.assign(known, known.address === undefined && peer(name, args));
    else {
      const incident: Incident = {
        kind: "udp",
        ...peer(name, args),
        ...origins.of(handle),
        killed: blotter.kills,
      };
      incidents.set(handle, incident);
      blotter.enter(incident);
    }
    return blotter.kills ? EACCES : undefined;
  });
  return () => {
    origins.close();
    stop();
  };
}

/** send(req, list, count, port, address, …), connect(address, port): lib/dgram.js. */
function peer(name: string, args: unknown[]): { address?: string; port?: number } {
  if (name.startsWith("connect")) return { address: args[0] as string, port: args[1] as number };
  if (name.startsWith("send") && typeof args[4] === "string")
    return { address: args[4], port: args[3] as number };
  return {};
}

function handleOf(socket: object): object {
  return (hidden(socket, "state symbol") as { handle: object }).handle;
}

function udpPrototype(): object {
  const socket = dgram.createSocket("udp4");
  const prototype = Object.getPrototypeOf(handleOf(socket)) as object;
  socket.close();
  return prototype;
}
