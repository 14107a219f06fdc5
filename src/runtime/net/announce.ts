import diagnostics from "node:diagnostics_channel";
import type net = require("node:net");
import type { Endpoint } from "../protocol/address";
import { redactedChain } from "../routes/proxy";
import type { Route } from "../routes/route";

/** A message on the diagnostics channel "tsocksify.connect". */
export interface ConnectMessage {
  socket: net.Socket;
  destination: Endpoint;
  /** "direct", or the proxies tried, without passwords. */
  via: "direct" | string[];
}

const channel = diagnostics.channel("tsocksify.connect");

/** Tells who listens on the diagnostics channel "tsocksify.connect" which way a connection goes. */
export function announce(socket: net.Socket, destination: Endpoint, route: Route): void {
  if (!channel.hasSubscribers || route.kind === "deny") return;
  const message: ConnectMessage = {
    socket,
    destination,
    via: route.kind === "direct" ? "direct" : route.chains.map(redactedChain),
  };
  channel.publish(message);
}
