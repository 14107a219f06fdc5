// An FTP client in active mode (RFC 959 §3.3), ported from C call by call and written for no proxy at all.
import {
  accept,
  AF_INET,
  bind,
  close,
  connect,
  getsockname,
  listen,
  recv,
  send,
  socket,
  SOCK_STREAM,
  type Descriptor,
} from "@tsocksify/runtime/berkeley";

const [host, port, file] = process.argv.slice(2) as [string, string, string];

/** The lines of an answer, until the one without a hyphen behind the code (RFC 959 §4.2). */
async function answer(control: Descriptor, code: number): Promise<void> {
  for (let text = ""; ;) {
    const bytes = await recv(control, 1);
    if (bytes.length === 0) throw new Error("the server has closed the connection");
    text += String(bytes);
    const last = /^(\d{3}) .*\r\n$/m.exec(text);
    if (last && Number(last[1]) !== code) throw new Error(text);
    if (last) return;
  }
}

async function command(control: Descriptor, line: string, code: number): Promise<void> {
  await send(control, `${line}\r\n`);
  await answer(control, code);
}

async function main(): Promise<void> {
  const control = socket(AF_INET, SOCK_STREAM);
  await connect(control, { host, port: Number(port) });
  await answer(control, 220);
  await command(control, "USER anonymous", 230);
  await command(control, "TYPE I", 200);

  const waiting = socket(AF_INET, SOCK_STREAM);
  await bind(waiting, { ...getsockname(control), port: 0 });
  const name = getsockname(waiting);
  await listen(waiting, 1);
  const parts = [...name.address.split("."), name.port >> 8, name.port & 0xff];
  await command(control, `PORT ${parts.join(",")}`, 200);

  await command(control, `RETR ${file}`, 150);
  const data = await accept(waiting);
  for (;;) {
    const bytes = await recv(data, 65_536);
    if (bytes.length === 0) break;
    process.stdout.write(bytes);
  }
  for (const s of [data, waiting]) close(s);
  await answer(control, 226);
  await command(control, "QUIT", 221);
  close(control);
}

void main();
