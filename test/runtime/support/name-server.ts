import net from "node:net";

/** A name server over TCP that knows what the tests ask (RFC 1035 §4). */
export interface NameServer extends net.Server {
  /** Connections so far. */
  connections: number;
}

const name = (text: string) =>
  Buffer.concat([
    ...text.split(".").flatMap((label) => [Buffer.from([label.length]), Buffer.from(label)]),
    Buffer.from([0]),
  ]);
const u16 = (...values: number[]) => Buffer.from(values.flatMap((value) => [value >> 8, value & 0xff]));
const u32 = (...values: number[]) => Buffer.concat(values.map((value) => u16(value >>> 16, value & 0xffff)));
const string = (text: string) => Buffer.concat([Buffer.from([text.length]), Buffer.from(text)]);
const address = (...bytes: number[]) => Buffer.from(bytes);
/** RFC 1035 §4.1.4: the name asked for stands right behind the header. */
const asked = u16(0xc00c);

type Record = [type: number, data: Buffer];
const v6 = Buffer.concat([u16(0x2001, 0x0db8), Buffer.alloc(11), Buffer.from([1])]);

const host: Record[] = [
  [1, address(192, 0, 2, 1)],
  [1, address(192, 0, 2, 2)],
  [28, v6],
  [15, Buffer.concat([u16(10), string("mail"), asked])],
  [2, Buffer.concat([string("ns"), asked])],
  [16, Buffer.concat([string("one"), string("two")])],
  [16, string("three")],
  [33, Buffer.concat([u16(1, 2, 5060), string("srv"), asked])],
  [6, Buffer.concat([string("ns"), asked, string("admin"), asked, u32(1, 2, 3, 4, 5)])],
  [35, Buffer.concat([u16(30, 100), string("s"), string("SIP+D2U"), string(""), name("_sip.host.test")])],
  [257, Buffer.concat([Buffer.from([0]), string("issue"), Buffer.from("ca.test")])],
];

const zone: { [name: string]: Record[] | undefined } = {
  "host.test": host,
  "alias.test": [[5, name("host.test")], ...host.slice(0, 2)],
  "slow.test": [[1, address(192, 0, 2, 9)]],
  "1.2.0.192.in-addr.arpa": [[12, name("host.test")]],
  [`1.${"0.".repeat(23)}8.b.d.0.1.0.0.2.ip6.arpa`]: [[12, name("host.test")]],
};

export function nameServer(): NameServer {
  const server = net.createServer((socket) => {
    server.connections++;
    let received = Buffer.alloc(0);
    socket.on("data", (bytes: Buffer) => {
      received = Buffer.concat([received, bytes]);
      while (received.length >= 2 && received.length >= 2 + received.readUInt16BE(0)) {
        const length = received.readUInt16BE(0);
        reply(socket, received.subarray(2, 2 + length));
        received = received.subarray(2 + length);
      }
    });
  }) as NameServer;
  server.connections = 0;
  return server;
}

function reply(socket: net.Socket, query: Buffer): void {
  const labels: string[] = [];
  let at = 12;
  while (query[at] !== 0) {
    labels.push(query.toString("latin1", at + 1, at + 1 + query[at]!));
    at += 1 + query[at]!;
  }
  const question = labels.join(".").toLowerCase();
  const type = query.readUInt16BE(at + 1);
  if (question === "silent.test") return;
  const send = (code: number, records: Record[]) => {
    const answers = records.map(([type, data]) =>
      Buffer.concat([asked, u16(type, 1), u32(60), u16(data.length), data]),
    );
    // A response that recursion was available for; the counts of questions, answers, authority, additional.
    const header = Buffer.concat([query.subarray(0, 2), u16(0x8180 | code, 1, records.length, 0, 0)]);
    const message = Buffer.concat([header, query.subarray(12, at + 5), ...answers]);
    socket.write(Buffer.concat([u16(message.length), message]));
  };
  if (question === "failing.test") return send(2, []);
  // A compression pointer to itself.
  if (question === "broken.test") return send(0, [[1, Buffer.from([0xc0])]]);
  const records = zone[question];
  if (!records) return send(3, []);
  const wanted = records.filter(([found]) => type === 255 || found === type || found === 5);
  if (question === "slow.test") setTimeout(() => send(0, wanted), 100);
  else send(0, wanted);
}
