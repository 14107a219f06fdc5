import fc from "fast-check";
import type { Generated } from "./draft.js";

const names = fc.constantFrom(
  "connect",
  "createConnection",
  "listen",
  "address",
  "fetch",
  "WebSocket",
  "EventSource",
  "createSocket",
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
    `import type * as types from "node:net";\ninterface Client { ${name}(socket: types.Socket): number }\ndeclare const ${holder}: Client;\ndeclare const held: types.Socket;\n${holder}.${name}(held);\nexport {};`,
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
  (name, holder) =>
    `class Outer { static ${name} = (port: number) => port; }\nconst { ${name}: ${holder} = (port: number) => port } = Outer;\nexport const result = [${holder}(80), ${holder}.call(undefined, 80), ${holder}.bind(undefined)(80), Reflect.apply(${holder}, undefined, [80])];`,
  (name) =>
    `export function outer(${name}: (port: number) => number) { return [${name}(80), ${name}.apply(undefined, [80])]; }\nexport const result = ((${name}: { new (): object }) => new ${name}())(Object);`,
  (name, holder) =>
    `export const result = () => { const ${name} = class { readonly held = "net.${name}(80)"; }; const ${holder} = new ${name}(); return ${holder}.held; };`,
  (name, holder) =>
    `import { type Socket as Held, type Server } from "net";\nimport type { connect } from "node:tls";\nexport const result = (${holder}: { ${name}(held: Held | Server, by?: typeof connect): string }, held: Held) => ${holder}.${name}(held);`,
  (name, holder) =>
    `import type * as ${holder}Types from "node:http";\nexport interface Result { ${name}: ${holder}Types.Server["listen"]; fetch: typeof globalThis.fetch }\nexport type Of<T> = T extends { ${name}(...args: infer A): infer R } ? (...args: A) => R : never;`,
  (name, holder) =>
    `const ${holder} = { get ${name}() { return (port: number) => port; }, set ${name}(value) { value(80); } };\n${holder}.${name} = (port) => port + 1;\nexport const result = ${holder}?.${name}?.(80);`,
  (name, holder) =>
    `class Pool { #${name}(port: number) { return port; } dial() { return this.#${name}(80); } static is(value: object) { return #${name} in value; } }\nexport const ${holder} = new Pool().dial();`,
  (name, holder) =>
    `abstract class Base { abstract ${name}(port: number): number; listen(port: number) { return this.${name}(port); } address() { return this.listen(0); } }\nclass Own extends Base { ${name}(port: number) { return port; } }\nexport const ${holder} = new Own().address();`,
  (name, holder) =>
    `type Client = { kind: "a"; ${name}(port: number): number } | { kind: "b"; ${name}: (port: number) => string };\nexport const result = (${holder}: Client) => (${holder}.kind === "a" ? ${holder}.${name}(80) : ${holder}["${name}"](80));`,
  (name, holder) =>
    `const key = "${name}";\nconst ${holder} = { [key]: (port: number) => port } as const;\nconst { [key]: own } = ${holder};\nexport const result = [own(80), ${holder}[key](80), Reflect.get(${holder}, key)];`,
  (name, holder) =>
    `const globals = { ${name}: (port: number) => port };\nexport const ${holder} = (globalThis: typeof globals, window = globalThis) => [globalThis.${name}(80), window["${name}"](80)];`,
  (name, holder) =>
    `export { ${name} as ${holder} };\nfunction* ${name}(this: unknown, port = 80): Generator<number> { yield port; }\nexport default [...${name}.call(null)];`,
  (name, holder) =>
    `declare const kind: "Map" | "Set";\nconst ${holder} = { ${name}: (port: number) => port, [Symbol.iterator]: 1 };\nexport const result = [new globalThis[kind](), globalThis[Symbol.for("${name}") as never], Reflect.get(${holder}, "${name}"), Object.keys(globalThis)];`,
  (name, holder) =>
    `const ${holder}: Record<string, (port: number) => number> = { ${name}: (port) => port };\ndeclare const key: string;\nexport const result = [${holder}[key]!(80), ${holder}.${name}!(80), Reflect.get(${holder}, key), [${holder}][0]!["${name}"]!(80)];`,
  (name, holder) =>
    `const load = (${holder}: { readonly Map: MapConstructor }, own: { ${name}(port: number): number }) => [new ${holder}.Map(), own.${name}(80)];\nexport const result = load(globalThis, { ${name}: (port) => port });`,
  (name, holder) =>
    `interface ${holder}Like { ${name}(port: number): number; readonly own: true }\nexport const result = <T extends ${holder}Like | { inner: number }>(one: T) => ("${name}" in one ? one.${name}(80) : Reflect.get(one, "${name}"));`,
];

/** Programs that open nothing, and look as if they did. */
export const lookalikePrograms: fc.Arbitrary<Generated> = fc
  .tuple(fc.constantFrom(...pieces), names, holders)
  .map(([piece, name, holder]) => ({ text: `${piece(name, holder)}\n`, site: [] }));
