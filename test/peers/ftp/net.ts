// An FTP client in active mode (RFC 959 §3.3), written for no proxy at all: the server connects to it.
import { once } from "node:events";
import * as net from "node:net";
import { createInterface } from "node:readline";

const [host, port, file] = process.argv.slice(2) as [string, string, string];

/** The lines of an answer, until the one without a hyphen behind the code (RFC 959 §4.2). */
async function answer(lines: AsyncIterator<string>, code: number): Promise<void> {
  for (;;) {
    const { done, value: line } = await lines.next();
    if (done) throw new Error("the server has closed the connection");
    if (/^\d{3} /.test(line) && Number(line.slice(0, 3)) !== code) throw new Error(line);
    if (line.startsWith(`${code} `)) return;
  }
}

async function main(): Promise<void> {
  const control = net.connect(Number(port), host);
  await once(control, "connect");
  const lines = createInterface(control)[Symbol.asyncIterator]();
  const command = (line: string, code: number): Promise<void> => {
    control.write(`${line}\r\n`);
    return answer(lines, code);
  };
  await answer(lines, 220);
  await command("USER anonymous", 230);
  await command("TYPE I", 200);

  const server = net.createServer();
  server.listen(0, control.localAddress);
  await once(server, "listening");
  const name = server.address() as net.AddressInfo;
  const parts = [...name.address.split("."), name.port >> 8, name.port & 0xff];
  await command(`PORT ${parts.join(",")}`, 200);

  const arrival = once(server, "connection") as Promise<[net.Socket]>;
  await command(`RETR ${file}`, 150);
  const [data] = await arrival;
  for await (const bytes of data) process.stdout.write(bytes as Buffer);
  server.close();
  await answer(lines, 226);
  await command("QUIT", 221);
  control.destroy();
}

void main();
