import assert from "node:assert/strict";
import { once } from "node:events";
import http from "node:http";
import net from "node:net";
import { before, test } from "node:test";
import { setImmediate as turn } from "node:timers/promises";
import { inherits } from "node:util";
import { Rhttp, Rnet } from "@tsocksify/runtime";
import { Proxied } from "./support/proxied";
import { text } from "./support/text";

const proxied = new Proxied();
let port: number;
let other: number;

const serve = (): http.Server =>
  http
    .createServer(async (request, response) => {
      const body = await text(request);
      response.setHeader("x-connection", String((request.socket as net.Socket).remotePort));
      response.end(
        JSON.stringify({ method: request.method, url: request.url, headers: request.headers, body }),
      );
    })
    .on("upgrade", (_request: http.IncomingMessage, socket: net.Socket) => {
      socket.write("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: echo\r\n\r\n");
      socket.pipe(socket);
    })
    .on("checkContinue", (request: http.IncomingMessage, response: http.ServerResponse) => {
      if (request.headers["x-refuse"]) return response.writeHead(417).end();
      response.writeContinue();
      request.resume().on("end", () => response.end("continued"));
    })
    .on("connect", (request: http.IncomingMessage, socket: net.Socket) => {
      socket.end(`HTTP/1.1 200 OK\r\n\r\n${request.url}`);
    });

before(async () => {
  port = await proxied.listen(serve());
  other = await proxied.listen(serve());
});

interface Echo {
  method: string;
  url: string;
  headers: http.IncomingHttpHeaders;
  body: string;
}

/** Ends `request` and reads its response. */
async function answer(
  request: http.ClientRequest,
  body?: string,
): Promise<{ echo: Echo; connection: string }> {
  request.end(body);
  const [response] = (await once(request, "response")) as [http.IncomingMessage];
  const echo = JSON.parse(await text(response)) as Echo;
  // The connection goes back to its agent in a later turn.
  await turn();
  return { echo, connection: response.headers["x-connection"] as string };
}

const to = (options: http.RequestOptions = {}): http.RequestOptions => ({
  host: "plain.test",
  port,
  ...options,
});

test("every argument form of http.request and http.get works", async () => {
  const url = `http://plain.test:${port}/a?b=c`;
  const forms: ((callback: () => void) => http.ClientRequest)[] = [
    (callback) => Rhttp.request(url, callback),
    (callback) => Rhttp.request(new URL(url), callback),
    (callback) => Rhttp.request(url, { headers: { x: "1" } }, callback),
    (callback) => Rhttp.request(to({ path: "/a?b=c" }), callback),
    (callback) => Rhttp.get(url, callback),
    (callback) => Rhttp.get(url, {}, callback),
    (callback) => new Rhttp.ClientRequest(url as never, callback),
    (callback) => Rhttp.request(url).on("response", callback),
  ];
  const before = proxied.connects(`plain.test:${port}`);
  for (const [index, form] of forms.entries()) {
    let called = 0;
    const request = form(() => called++);
    assert.ok(request instanceof http.ClientRequest && request instanceof Rhttp.ClientRequest);
    const { echo } = await answer(request);
    assert.equal(echo.url, "/a?b=c", `form ${index}`);
    assert.equal(echo.headers.host, `plain.test:${port}`);
    assert.equal(called, 1);
  }
  assert.ok(proxied.connects(`plain.test:${port}`) > before);
});

test("options that the caller passes are not written to", async () => {
  const options = Object.freeze(to({ agent: false }));
  await answer(Rhttp.request(options));
  assert.deepEqual(Object.keys(options), ["host", "port", "agent"]);
});

test("a body is streamed both ways", async () => {
  const request = Rhttp.request(to({ method: "POST" }));
  const chunk = "x".repeat(10_000);
  for (let i = 0; i < 20; i++) request.write(chunk);
  const { echo } = await answer(request, "end");
  assert.equal(echo.body.length, 200_003);
  assert.equal(echo.headers["transfer-encoding"], "chunked");
});

test("the default agent keeps a connection alive, and one pool serves one destination", async () => {
  const first = await answer(Rhttp.request(to()));
  const again = await answer(Rhttp.request(to()));
  assert.equal(again.connection, first.connection);
  const elsewhere = await answer(Rhttp.request(to({ port: other })));
  const otherName = await answer(Rhttp.request(to({ host: "other.test" })));
  assert.notEqual(elsewhere.connection, first.connection);
  assert.notEqual(otherName.connection, first.connection);
  assert.deepEqual(Object.keys(http.globalAgent.freeSockets), []);
});

test("agent: false is a connection of its own, through the proxy", async () => {
  const before = proxied.connects();
  const { echo } = await answer(Rhttp.request(to({ agent: false })));
  assert.equal(echo.headers.connection, "close");
  assert.equal(proxied.connects(), before + 1);
});

test("Rhttp.Agent is an http.Agent: with new, without, as a base class, with util.inherits", async () => {
  const Call = Rhttp.Agent as unknown as (options?: http.AgentOptions) => http.Agent;
  class Derived extends Rhttp.Agent {
    made = 0;
    override createConnection(...args: Parameters<http.Agent["createConnection"]>) {
      this.made++;
      return super.createConnection(...args);
    }
  }
  function Old(this: http.Agent) {
    Reflect.apply(Call, this, [{ maxSockets: 3 }]);
  }
  inherits(Old, Rhttp.Agent);
  const agents = [
    new Rhttp.Agent({ maxSockets: 3 }),
    Call({ maxSockets: 3 }),
    new Derived({ maxSockets: 3 }),
    new (Old as unknown as new () => http.Agent)(),
  ];
  for (const agent of agents) {
    assert.ok(agent instanceof http.Agent && agent instanceof Rhttp.Agent);
    assert.equal(agent.maxSockets, 3);
    await answer(Rhttp.request(to({ agent })));
    // Also when a module that was never compiled uses it.
    await answer(http.request(to({ agent })));
    agent.destroy();
  }
  assert.equal((agents[2] as Derived).made, 2);
  assert.ok(!(agents[0] instanceof Derived));
  assert.ok(new http.Agent() instanceof Rhttp.Agent);
});

test("an agent that Node made, or a library derived from Node's, dials through the proxy", async () => {
  class Library extends http.Agent {
    override createConnection(options: http.ClientRequestArgs): net.Socket {
      return net.createConnection({ ...options, highWaterMark: 1000 } as net.NetConnectOpts);
    }
  }
  for (const agent of [new http.Agent({ keepAlive: true }), new Library({ keepAlive: true })]) {
    const before = proxied.connects();
    const first = await answer(Rhttp.request(to({ agent })));
    const second = await answer(Rhttp.request(to({ agent })));
    assert.equal(second.connection, first.connection);
    assert.equal(proxied.connects(), before + 1);
    agent.destroy();
  }
});

test("so does an agent of ours whose createConnection asks a library, and one of the agent-base family", async () => {
  const library = { open: (options: net.NetConnectOpts) => net.connect(options) };
  class Own extends Rhttp.Agent {
    override createConnection(options: http.ClientRequestArgs): net.Socket {
      return library.open(options as net.NetConnectOpts);
    }
  }
  /** As agent-base does it: the connection is made in a turn of its own. */
  class Based extends http.Agent {
    connect(options: net.NetConnectOpts): net.Socket {
      return library.open(options);
    }
    createSocket(
      _request: unknown,
      options: net.NetConnectOpts,
      done: (e: null, socket: net.Socket) => void,
    ): void {
      void Promise.resolve().then(() => done(null, this.connect(options)));
    }
  }
  for (const agent of [new Own(), new Based()]) {
    const before = proxied.connects();
    await answer(Rhttp.request(to({ agent })));
    assert.equal(proxied.connects(), before + 1);
  }
});

test("Node's own globalAgent stands for ours, and stays as it was", async () => {
  const { createConnection } = http.globalAgent as never;
  await answer(Rhttp.request(to({ agent: http.globalAgent })));
  assert.equal(
    (http.globalAgent as never as { createConnection: unknown }).createConnection,
    createConnection,
  );
});

test("globalAgent can be replaced, as Node's can", async () => {
  const own = new Rhttp.Agent({ keepAlive: true, maxSockets: 1 });
  const previous = Rhttp.globalAgent;
  Rhttp.globalAgent = own;
  try {
    const request = Rhttp.request(to());
    assert.equal((request as never as { agent: unknown }).agent, own);
    await answer(request);
  } finally {
    Rhttp.globalAgent = previous;
    own.destroy();
  }
});

test("a limited agent queues, and dials through the proxy for the queue, too", async () => {
  const agent = new http.Agent({ maxSockets: 1 });
  const before = proxied.connects();
  const answers = await Promise.all(
    [1, 2, 3].map((n) => answer(Rhttp.request(to({ agent, path: `/${n}` })))),
  );
  assert.deepEqual(
    answers.map(({ echo }) => echo.url),
    ["/1", "/2", "/3"],
  );
  assert.ok(proxied.connects() > before);
});

test("a createConnection of the caller's own is asked, and what it dials goes through the proxy", async () => {
  for (const createConnection of [net.connect, Rnet.connect, net.createConnection]) {
    const before = proxied.connects();
    await answer(Rhttp.request(to({ createConnection: createConnection as never })));
    assert.equal(proxied.connects(), before + 1);
  }
});

test("Upgrade, CONNECT and Expect: 100-continue work", async () => {
  const upgrade = Rhttp.request(to({ headers: { Connection: "Upgrade", Upgrade: "echo" } })).end();
  const [, socket] = (await once(upgrade, "upgrade")) as [unknown, net.Socket];
  socket.write("ping");
  assert.equal(String((await once(socket, "data"))[0]), "ping");
  socket.destroy();

  const connect = Rhttp.request(to({ method: "CONNECT", path: "x:1" })).end();
  const [, tunnel, head] = (await once(connect, "connect")) as [unknown, net.Socket, Buffer];
  assert.equal(head.toString() + (await text(tunnel)), "x:1");

  const expecting = Rhttp.request(to({ method: "POST", headers: { Expect: "100-continue" } }));
  expecting.flushHeaders();
  await once(expecting, "continue");
  expecting.end("body");
  const [response] = (await once(expecting, "response")) as [http.IncomingMessage];
  assert.equal(await text(response), "continued");

  const refused = Rhttp.request(to({ method: "POST", headers: { Expect: "100-continue", "x-refuse": "1" } }));
  refused.flushHeaders();
  const [refusal] = (await once(refused, "response")) as [http.IncomingMessage];
  assert.equal(refusal.statusCode, 417);
  refused.destroy();
});

test("an AbortSignal and destroy() end a request in any state", async () => {
  const controller = new AbortController();
  const aborted = Rhttp.request(to({ signal: controller.signal }));
  controller.abort();
  const [error] = (await once(aborted, "error")) as [Error];
  assert.equal(error.name, "AbortError");

  const destroyed = Rhttp.request(to({ agent: false }));
  destroyed.destroy();
  const [reset] = (await once(destroyed, "error")) as [NodeJS.ErrnoException];
  assert.equal(reset.code, "ECONNRESET");
});

test("a timeout of the request is heard", async () => {
  const silent = await proxied.listen(net.createServer());
  const request = Rhttp.request(to({ port: silent, timeout: 50 })).end();
  await once(request, "timeout");
  request.destroy();
  const [error] = (await once(request, "error")) as [NodeJS.ErrnoException];
  assert.equal(error.code, "ECONNRESET");
});

test("an invalid request is refused in Node's own words", () => {
  assert.throws(() => Rhttp.request(to({ protocol: "https:" })), { code: "ERR_INVALID_PROTOCOL" });
  assert.throws(() => Rhttp.request(to({ agent: true as never })), { code: "ERR_INVALID_ARG_TYPE" });
  assert.throws(() => Rhttp.request("http://"), { code: "ERR_INVALID_URL" });
  assert.throws(() => Rhttp.request(to({ path: "/\n" })), { code: "ERR_UNESCAPED_CHARACTERS" });
});

test("the proxy's refusal is the error of the request", async () => {
  const request = Rhttp.request({ host: "nowhere.test", port: 1 }).end();
  const [error] = (await once(request, "error")) as [NodeJS.ErrnoException & { address: string }];
  assert.match(error.code!, /EHOSTUNREACH|ECONNREFUSED/);
  assert.equal(error.address, "nowhere.test");
});
