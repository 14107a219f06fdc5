import { Transform } from "node:stream";

/** Text as the network has it (TYPE A, RFC 959 §3.1.1.1), CR LF, from lines that end in LF. */
export function toNetwork(): Transform {
  let last = 0;
  return new Transform({
    transform(chunk: Buffer, _, done) {
      const bytes: number[] = [];
      for (const byte of chunk) {
        if (byte === LF && last !== CR) bytes.push(CR);
        bytes.push((last = byte));
      }
      done(null, Buffer.from(bytes));
    },
  });
}

/** The way back. */
export function fromNetwork(): Transform {
  let held = false;
  return new Transform({
    transform(chunk: Buffer, _, done) {
      const bytes: number[] = [];
      for (const byte of chunk) {
        if (held && byte !== LF) bytes.push(CR);
        held = byte === CR;
        if (!held) bytes.push(byte);
      }
      done(null, Buffer.from(bytes));
    },
    flush(done) {
      done(null, held ? Buffer.from([CR]) : undefined);
    },
  });
}

const CR = 0x0d;
const LF = 0x0a;
