import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer, type AddressInfo, type Socket } from "node:net";
import { after, before, describe, test } from "node:test";
import { createSockd, type SockdOptions } from "tsocksify/sockd";
import { freePort } from "../support/peers/daemon";
import { node, type Project } from "../support/project";
import { compileEveryApi, type Result, type Told } from "./compiled";
import { authority, hello, startTargets, type Targets } from "./targets";

const password = "hunter2-hunter2";

interface Proxy {
  url: string;
  stop(): Promise<void>;
}

async function sockd(options: SockdOptions, scheme: string, login = ""): Promise<Proxy> {
  const server = await createSockd(options).listen();
  const { port } = server.address();
  return { url: `${scheme}://${login}127.0.0.1:${port}`, stop: () => server.close({ grace: 0 }) };
}

/** Something at a port that is no SOCKS server. */
async function stranger(onConnection: (socket: Socket) => void): Promise<Proxy> {
  const server = createServer((socket) => onConnection(socket.on("error", () => {}))).listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const stop = async () => void server.close();
  return { url: `socks5://alice:${password}@127.0.0.1:${port}`, stop };
}

const nowhere = async (url: string): Promise<Proxy> => ({ url, stop: async () => {} });
const login = `alice:${password}@`;

/** What is wrong, and the error that must come of it. */
const cases: {
  wrong: string;
  proxy?: () => Promise<Proxy>;
  code: string;
  /** Whether the error names the proxy: there may be none. */
  named?: boolean;
}[] = [
  { wrong: "no proxy is configured", code: "ESOCKSNOCONF", named: false },
  {
    wrong: "the scheme is unknown",
    proxy: () => nowhere(`gopher://${login}127.0.0.1:1080`),
    code: "ESOCKSBADCONF",
    named: false,
  },
  {
    wrong: "the proxy's URL has no port to speak of",
    proxy: () => nowhere(`socks5://${login}127.0.0.1:99999`),
    code: "ESOCKSBADCONF",
    named: false,
  },
  {
    wrong: "the proxy is down",
    proxy: async () => nowhere(`socks5://${login}127.0.0.1:${await freePort("127.0.0.1")}`),
    code: "ECONNREFUSED",
  },
  {
    wrong: "the password is wrong",
    proxy: () => sockd({ users: { alice: "another" } }, "socks5", login),
    code: "ESOCKSAUTH",
  },
  {
    wrong: "a password is required and none is configured",
    proxy: () => sockd({ users: { alice: "another" } }, "socks5"),
    code: "ESOCKSAUTH",
  },
  {
    wrong: "the proxy's rules forbid the destination (SOCKS5)",
    proxy: () => sockd({ deny: ["*"] }, "socks5", login),
    code: "EACCES",
  },
  {
    wrong: "the proxy's rules forbid the destination (SOCKS4)",
    proxy: () => sockd({ deny: ["*"] }, "socks4"),
    code: "ECONNREFUSED",
  },
  {
    wrong: "the SOCKS4 user-id is not allowed",
    proxy: () => sockd({ socks4Users: ["bob"] }, "socks4", "alice@"),
    code: "EACCES",
  },
  {
    wrong: "the proxy closes in mid-handshake",
    proxy: () => stranger((socket) => socket.once("data", () => socket.end(Uint8Array.of(5)))),
    code: "ECONNRESET",
  },
  {
    wrong: "the proxy is an HTTP server",
    proxy: () =>
      stranger((socket) => socket.once("data", () => socket.end("HTTP/1.1 400 Bad Request\r\n\r\n"))),
    code: "EPROTO",
  },
];

describe("fail closed: an error for every API, and no connection at the target", () => {
  let project: Project;
  let targets: Targets;

  before(async () => {
    [project, targets] = await Promise.all([compileEveryApi(), startTargets()]);
  });
  after(async () => {
    targets?.stop();
    await project?.remove();
  });

  async function run(directory: string, proxy?: string) {
    const env = {
      PATH: process.env.PATH,
      NODE_EXTRA_CA_CERTS: authority,
      ...(proxy !== undefined && { SOCKS_SERVER: proxy }),
    };
    const args = [`${directory}/every-api.mjs`, JSON.stringify({ host: "127.0.0.1", ports: targets.ports })];
    const output = await node(["--enable-source-maps", ...args], { cwd: project.directory, env });
    assert.equal(output.code, 0, output.stderr);
    return { ...output, results: JSON.parse(output.stdout) as Record<string, Result> };
  }

  test("control: without the plugin every API reaches the target directly", async () => {
    const { results } = await run("plain");
    for (const [api, result] of Object.entries(results)) assert.deepEqual(result, { answer: hello }, api);
    assert.ok(targets.connections() >= Object.keys(results).length);
  });

  for (const { wrong, proxy, code, named = true } of cases) {
    test(wrong, async (t) => {
      const { url, stop } = (await proxy?.()) ?? {};
      if (stop) t.after(stop);
      const connections = targets.connections();
      const { results, stdout, stderr } = await run("dist", url);
      assert.equal(targets.connections(), connections, "a connection reached the target");
      assert.ok(Object.keys(results).length > 10);
      for (const [api, { answer, error }] of Object.entries(results)) {
        assert.equal(answer, undefined, api);
        // By the WebSocket standard an error event doesn't tell why: no detail of the network may reach a page.
        if (api === "WebSocket") continue;
        const told = ours(error!);
        assert.equal(told.code, code, `${api}: ${told.message}`);
        assert.equal(told.address, "127.0.0.1", api);
        assert.ok(Object.values(targets.ports).includes(told.port!), `${api}: port ${told.port}`);
        assert.ok(told.remedy && told.remedy.length > 10, `${api}: remedy ${told.remedy}`);
        if (named) assert.ok(told.proxy?.includes(new URL(url!).host), `${api}: proxy ${told.proxy}`);
      }
      assert.ok(!(stdout + stderr).includes(password), "the password is in the output");
    });
  }
});

/** The error of ours, which `fetch` hands on as the cause of its own. */
function ours(error: Told): Told {
  let found = error;
  while (found.remedy === undefined && found.cause) found = found.cause;
  return found;
}
