import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { Consumer, packAll, type Packed } from "./packed";

const program = `
import { Rconnect, Rnet, Rtls, Rhttp, Rhttps, Rhttp2, Rfetch, SOCKSinit, type SocksOptions } from "@tsocksify/runtime";
import * as rnet from "@tsocksify/runtime/net";
import { connect } from "@tsocksify/runtime/tls";
import { request } from "@tsocksify/runtime/https";
import { createSockd, type Sockd, type SockdOptions, type SessionRecord } from "tsocksify/sockd";
import * as net from "node:net";
import type * as tls from "node:tls";

const options: SocksOptions = { proxy: "socks5://127.0.0.1:1080" };
SOCKSinit("types", options);
const socket: net.Socket = Rconnect(80, "example.org");
class Mine extends net.Socket { mine = true }
const same: Mine = Rconnect(new Mine(), 80, "example.org");
const secure: tls.TLSSocket = connect({ host: "example.org", port: 443 });
const agent = new Rhttp.Agent({ keepAlive: true });
const response: Promise<Response> = Rfetch("http://example.org/");
const created: net.Socket = new rnet.Socket();
request("https://example.org", (answer) => answer.resume()).end();
Rhttps.get("https://example.org");
Rhttp2.connect("https://example.org");
Rtls.connect(443);
const members: typeof net.connect = Rnet.connect;
const sockdOptions: SockdOptions = { allow: ["127.0.0.1"], onSession: (record: SessionRecord) => record.bytesUp };
const sockd: Promise<Sockd> = createSockd(sockdOptions).listen();
// @ts-expect-error a proxy is no number
SOCKSinit("types", { proxy: 1 });
// @ts-expect-error there is no such option
createSockd({ users: 1 });
export { socket, same, secure, agent, response, created, members, sockd };
`;

interface Configuration {
  readonly type: "module" | "commonjs";
  readonly compilerOptions: object;
  readonly typescripts?: readonly string[];
}

const configurations: Readonly<Record<string, Configuration>> = {
  "nodenext, ESM": { type: "module", compilerOptions: { module: "nodenext" } },
  "nodenext, CommonJS": { type: "commonjs", compilerOptions: { module: "nodenext" } },
  // Old projects: the declarations may not import a default that isn't there.
  "nodenext, CommonJS without esModuleInterop": {
    type: "commonjs",
    compilerOptions: { module: "nodenext", esModuleInterop: false },
    typescripts: ["typescript"],
  },
  bundler: { type: "module", compilerOptions: { module: "esnext", moduleResolution: "bundler" } },
};

describe("the packed packages' types, in a strict project that checks its libraries too", () => {
  let packed: Packed;
  let consumer: Consumer;

  before(async () => {
    packed = await packAll();
    consumer = await Consumer.create(Object.values(packed.tarball), {});
    await consumer.link("typescript", "typescript-6", "@types/node");
  });
  after(async () => {
    await consumer?.remove();
    await packed?.remove();
  });

  for (const [
    name,
    { type, compilerOptions, typescripts = ["typescript", "typescript-6"] },
  ] of Object.entries(configurations)) {
    for (const typescript of typescripts) {
      test(`${name}, ${typescript}`, async () => {
        await consumer.write({
          "app.ts": program,
          "package.json": JSON.stringify({ private: true, type }),
          "tsconfig.json": JSON.stringify({
            compilerOptions: {
              ...compilerOptions,
              target: "es2022",
              strict: true,
              noEmit: true,
              skipLibCheck: false,
              types: ["node"],
            },
            files: ["app.ts"],
          }),
        });
        const diagnostics = await consumer
          .node(`node_modules/${typescript}/bin/tsc`, "-p", ".")
          .catch((error: { stdout: string }) => error.stdout);
        assert.equal(diagnostics, "");
      });
    }
  }
});
