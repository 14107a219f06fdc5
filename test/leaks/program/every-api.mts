// A program that says hello over everything Node can dial with, written for no proxy at all. The leak tests
// compile it. It prints one JSON object: by API, the answer or the error.
import * as dns from "node:dns";
import { once } from "node:events";
import * as http from "node:http";
import * as http2 from "node:http2";
import * as https from "node:https";
import net, { connect, createConnection as dial, Socket } from "node:net";
import { connect as secureConnect } from "node:tls";
import { Worker } from "node:worker_threads";
import { told } from "./told.mjs";

interface Ports {
  tcp: number;
  back: number;
  tls: number;
  http: number;
  https: number;
  h2c: number;
  h2: number;
}

const { host, ports } = JSON.parse(process.argv[2]!) as { host: string; ports: Ports };
const name = net.isIPv6(host) ? `[${host}]` : host;

class Phone extends Socket {
  call(port: number, to: string): this {
    return super.connect(port, to);
  }
}

const apis: Record<string, () => Promise<string>> = {
  "net.connect": () => heard(net.connect(ports.tcp, host)),
  "net.connect, a named import": () => heard(connect({ port: ports.tcp, host })),
  "net.createConnection, renamed": () => heard(dial(ports.tcp, host)),
  "net.Socket's connect": () => heard(new net.Socket().connect({ port: ports.tcp, host })),
  "net.Socket's connect, in a subclass": () => heard(new Phone().call(ports.tcp, host)),
  "net.connect, as a value": () => heard([net.connect][0]!(ports.tcp, host)),
  "net.connect with a lookup": () => heard(net.connect({ port: ports.tcp, host, lookup: dns.lookup })),
  "net.connect to what dns.promises.lookup says": async () =>
    heard(net.connect(ports.tcp, (await dns.promises.lookup(host)).address)),
  "net.connect in a worker": async () => {
    const worker = new Worker(new URL("every-api-worker.mjs", import.meta.url), {
      workerData: { host, port: ports.tcp },
    });
    const [{ text, error }] = (await once(worker, "message")) as [{ text?: string; error?: Error }];
    await worker.terminate();
    if (error) throw error;
    return text!;
  },
  "tls.connect": () => heard(secureConnect({ port: ports.tls, host, servername: "secure.test" })),
  "tls.connect over a net.Socket": () =>
    heard(secureConnect({ socket: net.connect(ports.tls, host), servername: "secure.test" })),
  "http.get": () => answer((done) => http.get(`http://${name}:${ports.http}/`, done)),
  "http.request with an agent": () =>
    answer((done) => {
      const agent = new http.Agent({ keepAlive: true });
      const request = http.request({ host, port: ports.http, agent }, (response) => {
        response.on("close", () => agent.destroy());
        done(response);
      });
      request.end();
      return request;
    }),
  "http.request without an agent": () =>
    answer((done) => http.request({ host, port: ports.http, agent: false }, done).end()),
  "https.get": () =>
    answer((done) => https.get({ host, port: ports.https, servername: "secure.test" }, done)),
  "https.request with an agent": () =>
    answer((done) => {
      const agent = new https.Agent({ servername: "secure.test" });
      return https.request({ host, port: ports.https, agent }, done).end();
    }),
  "http2.connect": () => stream(http2.connect(`http://${name}:${ports.h2c}`)),
  "http2.connect with TLS": () =>
    stream(http2.connect(`https://${name}:${ports.h2}`, { servername: "secure.test" })),
  fetch: async () => (await fetch(`http://${name}:${ports.http}/`)).text(),
};
// What listens at ::1 is for this machine alone.
if (host !== "::1")
  apis["net.Server, for a connection that comes back"] = () => calledBack(net.connect(ports.back, host));
// A certificate can't be checked for another name than the URL's here.
if (!net.isIP(host))
  apis["fetch with TLS"] = async () => (await fetch(`https://${name}:${ports.https}/`)).text();
// Node 20 has none.
if ("WebSocket" in globalThis)
  apis["WebSocket"] = () =>
    new Promise((resolve, reject) => {
      const socket = new WebSocket(`ws://${name}:${ports.http}/`);
      socket.onmessage = ({ data }) => {
        socket.close();
        resolve(String(data));
      };
      socket.onerror = (event) =>
        reject((event as Event & { error?: Error }).error ?? new Error("no WebSocket"));
    });

function heard(socket: net.Socket): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = "";
    socket.on("data", (chunk) => (text += String(chunk)));
    socket.on("end", () => resolve(text)).on("error", reject);
  });
}

/** As in FTP's active mode: the peer is told a port at the address of the connection to it, and calls there. */
async function calledBack(control: net.Socket): Promise<string> {
  await once(control, "connect");
  const server = net.createServer();
  server.listen(0, control.localAddress);
  await once(server, "listening");
  const { address, port } = server.address() as net.AddressInfo;
  control.write(`${address} ${port}\n`);
  const [socket] = (await once(server, "connection")) as [net.Socket];
  control.destroy();
  server.close();
  return heard(socket);
}

function answer(
  request: (done: (response: http.IncomingMessage) => void) => http.ClientRequest,
): Promise<string> {
  return new Promise((resolve, reject) => {
    request((response) => {
      let text = "";
      response.on("data", (chunk) => (text += String(chunk)));
      response.on("end", () => resolve(text)).on("error", reject);
    }).on("error", reject);
  });
}

function stream(session: http2.ClientHttp2Session): Promise<string> {
  return new Promise((resolve, reject) => {
    session.on("error", reject);
    const request = session.request();
    let text = "";
    request.on("data", (chunk) => (text += String(chunk)));
    request.on("error", reject).on("end", () => {
      session.close();
      resolve(text);
    });
    request.end();
  });
}

async function main(): Promise<void> {
  const results: Record<string, object> = {};
  for (const [api, call] of Object.entries(apis)) {
    const late = new Promise<never>((_, reject) =>
      setTimeout(reject, 60_000, new Error("no answer")).unref(),
    );
    try {
      results[api] = { answer: await Promise.race([call(), late]) };
    } catch (error) {
      results[api] = { error: told(error) };
    }
  }
  process.stdout.write(JSON.stringify(results), () => process.exit());
}

void main();
