import fc from "fast-check";

const names = fc.constantFrom(
  "connect",
  "createConnection",
  "listen",
  "address",
  "fetch",
  "request",
  "get",
  "Socket",
  "lookup",
);
const holders = fc.constantFrom("net", "tls", "http", "client", "socket", "server", "self", "db");

/** Pieces of programs that use the names of socket functions for something else; each is a program of its own. */
const pieces: ((name: string, holder: string) => string)[] = [
  (name, holder) =>
    `class Client { ${name}(port: number) { return port; } }\nconst ${holder} = new Client();\nexport const result = ${holder}.${name}(80);`,
  (name, holder) =>
    `class Client { ${name}(port: number) { return port; } }\nclass Inner extends Client { override ${name}(port: number) { return super.${name}(port); } }\nexport const result = new Inner()?.${name}(80);\nexport const ${holder} = 1;`,
  (name) =>
    `function ${name}(port: number): number { return port; }\nexport const result = ${name}.call(undefined, ${name}(80));`,
  (name, holder) =>
    `const ${holder} = { ${name}: (port: number) => port };\nexport const result = ${holder}["${name}"](80);`,
  (name, holder) =>
    `const ${holder} = { ${name}(port: number) { return port; } };\nconst { ${name} } = ${holder};\nexport const result = ${name}(80);`,
  (name, holder) =>
    `export const result = (${holder}: { ${name}: (port: number) => number }) => ${holder}.${name}(80);`,
  (name, holder) =>
    `import type * as types from "node:net";\ninterface Client { ${name}(socket: types.Socket): void }\ndeclare const ${holder}: Client;\ndeclare const held: types.Socket;\n${holder}.${name}(held);\nexport {};`,
  (name, holder) =>
    `import { EventEmitter } from "node:events";\nconst ${holder} = new EventEmitter();\n${holder}.on("${name}", () => "${name}(80)"); // net.${name}(80)\nexport {};`,
  (name, holder) =>
    `export namespace ${holder} { export const ${name} = (port: number) => port; }\nexport const result = ${holder}.${name}(80);`,
  (name, holder) =>
    `export enum ${holder}Kind { ${name} }\nexport const result = ${holder}Kind.${name};\n${name}: for (;;) break ${name};`,
  (name, holder) =>
    `import { isIP as ${holder} } from "node:net";\nconst ${name} = (host: string) => ${holder}(host);\nexport const result = ${name}("::1");`,
  (name, holder) =>
    `import * as ${holder} from "node:net";\nconst ${name} = { ${name}: ${holder}.isIP("::1") };\nexport const result = ${name}.${name};`,
  (name, holder) =>
    `export type ${holder}Form = typeof import("node:net").connect;\nexport abstract class Client { abstract ${name}: ${holder}Form; }`,
  (name, holder) =>
    `const ${holder} = new Map<string, number>([["${name}", 80]]);\nexport const result = ${holder}.get("${name}");`,
  (name, holder) => `/* ${holder}.${name}(80) */ export const result = \`${holder}.${name}(\${80})\`;`,
];

/** Programs that open nothing, and look as if they did. */
export const lookalikePrograms: fc.Arbitrary<string> = fc
  .tuple(fc.constantFrom(...pieces), names, holders)
  .map(([piece, name, holder]) => `${piece(name, holder)}\n`);
