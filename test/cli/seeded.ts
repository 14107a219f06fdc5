/** A small repository with one of each: an error, a warning, what is rewritten, and what is left alone. */
export const seeded = {
  "tsconfig.json": '{ "compilerOptions": { "strict": true, "module": "nodenext" }, "include": ["src"] }\n',
  "package.json": `{
    "name": "seeded",
    "files": ["src", "tools"],
    "dependencies": {
        "zod": "4"
    }
}
`,
  "src/client.ts": `import net from "node:net";

export function open(host: string): net.Socket {
  const socket = net.connect({ host, port: 21 });
  return socket;
}

export function retry(socket: net.Socket): void {
  socket.connect({ host: "ftp.example.org", port: 21 });
}
`,
  "src/clock.ts": `import dgram from "node:dgram";

// Asks a time server.
export function ask(host: string): void {
\tconst socket = dgram.createSocket("udp4");
\tsocket.send("?", 37, host);
}
`,
  "src/untyped.ts": `export function start(thing: any, client: { connect(): void }): void {
  client.connect();
  thing.connect(80);
}
`,
  "tools/ping.js": `'use strict'
const net = require('net')

net.connect(7, process.argv[2]).end()
`,
} as const;
