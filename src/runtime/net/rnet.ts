import net = require("node:net");
import { Rconnect } from "../connect";
import { likeness } from "../redirect/likeness";
import { Socket } from "./socket";

/** The module `net` with its sockets replaced. */
export const Rnet: typeof net = likeness(net, {
  connect: Rconnect,
  createConnection: Rconnect,
  Socket,
  Stream: Socket,
});
