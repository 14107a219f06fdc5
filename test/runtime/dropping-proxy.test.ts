import assert from "node:assert/strict";
import { once } from "node:events";
import net from "node:net";
import { test } from "node:test";
import { Rconnect, SOCKSinit } from "@tsocksify/runtime";
import { microsocksSkip, startMicrosocks } from "../support/peers/microsocks";
import { recordingRelay } from "./support/recording-relay";

test(
  "microsocks drops a request that comes with the greeting: a second connection asks step by step, later ones at once",
  { skip: microsocksSkip },
  async () => {
    const echo = net.createServer((socket) => void socket.on("error", () => {}).pipe(socket));
    echo.listen(0, "127.0.0.1");
    await once(echo, "listening");
    const { port } = echo.address() as net.AddressInfo;
    const proxy = await startMicrosocks();
    const relay = await recordingRelay(proxy.port);
    SOCKSinit("test", { proxy: `socks5://127.0.0.1:${relay.port}`, earlyData: true });
    const greeting = [5, 1, 0];
    const request = [5, 1, 0, 1, 127, 0, 0, 1, port >> 8, port & 0xff];
    const hello = [...Buffer.from("hello")];
    const stepByStep = [greeting, request, hello];
    try {
      for (const wanted of [[[[...greeting, ...request]], stepByStep], [stepByStep]]) {
        relay.reads.length = 0;
        const socket = Rconnect(port, "127.0.0.1");
        socket.write("hello");
        const [answer] = (await once(socket, "data")) as [Buffer];
        assert.equal(answer.toString(), "hello");
        socket.destroy();
        assert.deepEqual(
          relay.reads.map((reads) => reads.map((bytes) => [...bytes])),
          wanted,
        );
      }
    } finally {
      relay.close();
      await proxy.stop();
      echo.close();
    }
  },
);
