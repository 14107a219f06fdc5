import type net = require("node:net");
import { noteLastConnect } from "../bind/lastConnect";
import { SocksError } from "../errors/SocksError";
import { announce } from "./announce";
import { changed } from "./changed";
import { hasUnmadeWrite } from "./earlyData";
import { internals, nativeConnect, normalizeArguments } from "./internals";
import { readJob } from "./job";
import { withLookup } from "./lookup";
import { SocketDial } from "./socketDial";

/**
 * `net.Socket.prototype.connect` through SOCKS, on the socket itself.
 *
 * Node's own connect runs first: it checks the options, sets the state and the timers, emits what it emits, and
 * ends in a call to the socket's handle, which is where the SOCKS dial is put in (see standIn). A Unix socket or
 * pipe (`path`) is direct by nature, and so is a destination that a rule exempts.
 *
 * @param socket a net.Socket that is not connected
 * @param args as for `socket.connect`
 * @returns `socket`
 * @throws what Node's connect throws for options that it does not accept, before anything is dialled; all
 *   other errors arrive as 'error' events
 */
export function connectSocket<S extends net.Socket>(socket: S, args: readonly unknown[]): S {
  const [options, callback] = normalizeArguments(args);
  if (options.path) return nativeConnect.apply(socket, [...args]) as S;

  const job = readJob(options);
  if (!(job.route instanceof SocksError) && job.route.kind === "direct") {
    announce(socket, job.destination, job.route);
    // The host that the rules have seen, though it be read from something that answers otherwise the next time.
    const exempt = changed(options, { host: job.destination.host });
    return nativeConnect.call(socket, exempt, ...(callback ? [callback] : [])) as S;
  }
  if (hasUnmadeWrite(socket)) job.earlyData = false;
  if (job.settings?.bind === "bind") noteLastConnect(socket);
  const given = socket.destroyed ? null : internals(socket)._handle;
  // One that is bound already Node connects before its own connect returns.
  const early = given && SocketDial.ofGiven(socket, given);
  early?.enqueue(job);
  try {
    nativeConnect.call(socket, withLookup(socket, options, job), ...(callback ? [callback] : []));
  } catch (error) {
    early?.withdraw();
    throw error;
  }
  const handle = internals(socket)._handle;
  if (!early && handle && socket.connecting) SocketDial.of(socket, handle).enqueue(job);
  return socket;
}
