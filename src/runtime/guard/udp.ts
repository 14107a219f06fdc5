import { subscribe, unsubscribe } from "node:diagnostics_channel";
import dgram from "node:dgram";
import type { Blotter } from "./blotter";
import type { Incident } from "./incident";
import { EACCES, intercept } from "./intercept";
import { hidden } from "./hidden";
import { origin } from "./origin";

/** What makes a UDP socket receive or send. A datagram has no way through a SOCKS proxy here. */
const USES = ["bind", "bind6", "connect", "connect6", "send", "send6"];

/**
 * Watches UDP sockets: each is an incident once, when it is first used. Node's channel `udp.socket` tells on
 * whose line it was made.
 *
 * @returns ends the watch
 */
export function watchUDP(blotter: Blotter): () => void {
  const origins = new WeakMap<object, string | undefined>();
  const incidents = new WeakMap<object, Incident>();
  const onSocket = (message: unknown) => {
    const { socket } = message as { socket: dgram.Socket };
    origins.set(handleOf(socket), origin());
  };
  subscribe("udp.socket", onSocket);

  const stop = intercept(udpPrototype(), USES, (handle, name, args) => {
    const known = incidents.get(handle);
    // Sending binds first; only then is the destination known.
    if (known) Object.assign(known, known.address === undefined && peer(name, args));
    else {
      const at = origins.get(handle) ?? origin();
      const incident = {
        kind: "udp",
        ...peer(name, args),
        ...(at && { at }),
        killed: blotter.kills,
      } as const;
      incidents.set(handle, incident);
      blotter.enter(incident);
    }
    return blotter.kills ? EACCES : undefined;
  });

  return () => {
    unsubscribe("udp.socket", onSocket);
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

function handleOf(socket: dgram.Socket): object {
  return (hidden(socket, "state symbol") as { handle: object }).handle;
}

function udpPrototype(): object {
  const socket = dgram.createSocket("udp4");
  const prototype = Object.getPrototypeOf(handleOf(socket)) as object;
  socket.close();
  return prototype;
}
