import net from "node:net";
import { Rconnect } from "../connect";
import { Socket } from "./socket";

/**
 * The module `net` with its sockets replaced: every export of the running Node's `net`, so that it can stand
 * wherever the module is used as a value.
 */
export const Rnet: typeof net = Object.defineProperties(
  {},
  {
    ...Object.getOwnPropertyDescriptors(net),
    ...Object.fromEntries(
      Object.entries({ connect: Rconnect, createConnection: Rconnect, Socket, Stream: Socket }).map(
        ([name, value]) => [name, { value, enumerable: true, writable: true, configurable: true }],
      ),
    ),
  },
) as typeof net;
