import assert from "node:assert/strict";
import { AsyncLocalStorage } from "node:async_hooks";
import { once } from "node:events";
import http from "node:http";
import https from "node:https";
import { before, test } from "node:test";
import { Rconnect, Rdns, Rfetch, Rhttp, Rhttp2, Rhttps, Rtls } from "@tsocksify/runtime";
import * as certificates from "./support/certificates";
import { Proxied } from "./support/proxied";

const { ca } = certificates;
const proxied = new Proxied();
const storage = new AsyncLocalStorage<string>();
let plain: number;
let secure: number;

before(async () => {
  const answer: http.RequestListener = (_, response) => response.end("hello");
  plain = await proxied.listen(http.createServer(answer));
  secure = await proxied.listen(https.createServer(certificates.server, answer));
});

/** Every way to a callback that has a connection behind it: what it calls, with the store it should see. */
const ways: { [way: string]: (done: () => void) => void } = {
  Rconnect: (done) => {
    const socket = Rconnect(plain, "plain.test", () => (done(), socket.destroy()));
  },
  "Rtls.connect": (done) => {
    const socket = Rtls.connect({ host: "secure.test", port: secure, ca }, () => (done(), socket.destroy()));
  },
  "Rhttp.get, on a connection of its own": (done) => {
    Rhttp.get({ host: "plain.test", port: plain, agent: false }, (response) =>
      response.resume().on("end", done),
    );
  },
  "Rhttp.get, on a pooled connection": (done) => {
    Rhttp.get({ host: "plain.test", port: plain }, (response) => response.resume().on("end", done));
  },
  "Rhttps.get": (done) => {
    Rhttps.get({ host: "secure.test", port: secure, ca }, (response) => response.resume().on("end", done));
  },
  "Rhttp2.connect": (done) => {
    const session = Rhttp2.connect(`https://secure.test:${secure}`, { ca }).on("error", done);
    session.on("close", () => {}).destroy(new Error("enough"));
  },
  Rfetch: (done) => {
    void Rfetch(`http://plain.test:${plain}/`).then((response) => response.text().then(done));
  },
  "Rdns.lookup": (done) => Rdns.lookup("plain.test", () => done()),
  "an error": (done) => {
    Rconnect(1, "nowhere.test").on("error", done);
  },
};

for (const [way, act] of Object.entries(ways)) {
  test(`${way} keeps the asynchronous context of each caller`, async () => {
    // The second caller finds a connection that the first has opened, or opens its own.
    for (const caller of ["first", "second"]) {
      const seen = await new Promise<string | undefined>((resolve) =>
        storage.run(caller, () => act(() => resolve(storage.getStore()))),
      );
      assert.equal(seen, caller);
    }
  });
}

test("what a caller ends leaves no timer, socket or request behind", async () => {
  const before = process.getActiveResourcesInfo().filter((name) => name !== "TCPSERVERWRAP").length;
  const agent = new Rhttps.Agent({ keepAlive: true });
  const request = Rhttps.get({ host: "secure.test", port: secure, ca, agent });
  const [response] = (await once(request, "response")) as [http.IncomingMessage];
  await once(response.resume(), "end");
  agent.destroy();
  const socket = Rtls.connect({ host: "secure.test", port: secure, ca });
  await once(socket, "secureConnect");
  socket.destroy();
  await once(socket, "close");
  const left = () => process.getActiveResourcesInfo().filter((name) => name !== "TCPSERVERWRAP").length;
  for (let wait = 0; left() > before && wait < 50; wait++)
    await new Promise((resolve) => setTimeout(resolve, 20));
  assert.ok(left() <= before + 1, process.getActiveResourcesInfo().join(" "));
});
