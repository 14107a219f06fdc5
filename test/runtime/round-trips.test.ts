import assert from "node:assert/strict";
import { once } from "node:events";
import net from "node:net";
import { test } from "node:test";
import { SOCKSinit } from "@tsocksify/runtime";
import { danteSkip, startDante } from "../support/peers/dante";
import { sshdSkip, startSshDynamicForward } from "../support/peers/sshd";
import { socksClients } from "../support/socks-clients";
import { recordingRelay } from "./support/recording-relay";

/**
 * How often each client waits for an answer, TCP's own to the connection aside. Others wait for the answers to greeting,
 * request and first byte.
 */
const ROUND_TRIPS = {
  Rconnect: 2,
  "Rconnect with early data": 1,
  SocksClient: 3,
  "socks-proxy-agent": 3,
};

const proxies = {
  Dante: { start: startDante, skip: danteSkip },
  "ssh -D": { start: startSshDynamicForward, skip: sshdSkip },
};

for (const [name, { start, skip }] of Object.entries(proxies))
  test(
    `connect and exchange take a round trip less than with other clients, through ${name}`,
    { skip },
    async () => {
      const echo = net.createServer((socket) => void socket.on("error", () => {}).pipe(socket));
      echo.listen(0, "127.0.0.1");
      await once(echo, "listening");
      const { port } = echo.address() as net.AddressInfo;
      const proxy = await start();
      const relay = await recordingRelay(proxy.port);
      SOCKSinit("test", { proxy: `socks5://127.0.0.1:${relay.port}` });
      const roundTrips: Record<string, number> = {};
      try {
        for (const [client, exchange] of Object.entries(socksClients(relay.port))) {
          (await exchange(port)).destroy();
          // Each message is one read here: the next is written only when it has been answered.
          roundTrips[client] = relay.reads.at(-1)!.length;
        }
        assert.deepEqual(roundTrips, ROUND_TRIPS);
      } finally {
        relay.close();
        await proxy.stop();
        echo.close();
      }
    },
  );
