import fc from "fast-check";
import { aliases } from "./aliases.js";
import { barrelOf, equalsOf } from "./barrels.js";
import {
  chained,
  declaring,
  importing,
  programOf,
  reaching,
  wrapping,
  type Generated,
  type Step,
} from "./draft.js";

/** `import { createRequire } …` once; what it makes has the name of the step. */
const createdRequire = (specifier: string): Step =>
  importing(
    (name) =>
      `import { createRequire as ${name}c } from "node:module";\nconst ${name} = ${name}c("/")("${specifier}") as typeof import("${specifier}");`,
  );

/** Ways to the module itself. */
const modules = (specifier: string): Step[] => [
  importing((name) => `import * as ${name} from "${specifier}";`),
  importing((name) => `import ${name} from "${specifier}";`),
  importing((name) => `import { default as ${name} } from "${specifier}";`),
  importing((name) => `const ${name} = require("${specifier}") as typeof import("${specifier}");`),
  importing((name) => `const ${name} = module.require("${specifier}") as typeof import("${specifier}");`),
  importing((name) => `let ${name}: typeof import("${specifier}");\n${name} = require("${specifier}");`),
  importing((name) => `const ${name} = process.getBuiltinModule("${specifier}");`),
  createdRequire(specifier),
  declaring((_, name) => `const ${name} = await import("${specifier}");`),
  wrapping(() => `(require("${specifier}") as typeof import("${specifier}"))`),
  importing((name) => `import ${name} = require("${specifier}");`),
  importing((name) => `import ${name} = require("${equalsOf(specifier)}");`),
  importing(
    (name) =>
      `import * as ${name}m from "${specifier}";\nnamespace ${name} { export const held = ${name}m; }`,
    (name) => `${name}.held`,
  ),
  importing(
    (name) =>
      `import * as ${name}m from "${specifier}";\nnamespace ${name} { export import held = ${name}m; }`,
    (name) => `${name}.held`,
  ),
  ...barrelOf(specifier).flatMap((barrel) => [
    importing((name) => `import * as ${name} from "${barrel}";`),
    importing((name) => `import ${name} from "${barrel}";`),
    importing((name) => `import { all as ${name} } from "${barrel}";`),
    declaring((_, name) => `const { all: ${name} } = await import("${barrel}");`),
    wrapping(() => `(require("${barrel}") as typeof import("${barrel}"))`),
  ]),
];

/** Ways from the module, or from what holds it as a global, to its function; `type` is the function's. */
const functions = (name: string, type: string): Step[] => [
  wrapping((from) => `${from}.${name}`),
  wrapping((from) => `${from}["${name}"]`),
  wrapping((from) => `${from}[\`${name}\`]`),
  wrapping((from) => `${from}?.${name}`),
  declaring((from, local) => `const { ${name}: ${local} } = ${from};`),
  declaring((from, local) => `const { ["${name}"]: ${local} } = ${from};`),
  declaring((from, local) => `let ${local}; ({ ${name}: ${local} } = ${from});`),
  declaring(
    (from, local) => `const { ...${local} } = ${from};`,
    (local) => `${local}.${name}`,
  ),
  wrapping((from) => `(Reflect.get(${from}, "${name}") as ${type})`),
  declaring((from, local) => `const { ${name}: ${local} = undefined! } = ${from};`),
  declaring((from, local) => `const ${local} = (({ ${name}: held } = ${from}) => held)();`),
  declaring((from, local) => `const { held: { ${name}: ${local} } } = { held: ${from} };`),
  declaring((from, local) => `enum ${local}k { It = "${name}" } const ${local} = ${from}[${local}k.It];`),
  declaring((from, local) => `const ${local} = Reflect.get(${from}, String("${name}")) as ${type};`),
  declaring((from, local) => `const ${local} = ${from}[String("${name}") as "${name}"];`),
  declaring((from, local) => `const ${local} = (${from} as any)[String("${name}")] as ${type};`),
  declaring(
    (from, local) =>
      `const ${local} = (({ value, get }) => value ?? get!())(Object.getOwnPropertyDescriptor(${from}, "${name}")!) as ${type};`,
  ),
  declaring((from, local) => `const [${local}] = (["${name}"] as const).map((key) => ${from}[key]);`),
];

/** Ways that find it among all that the module exports. */
const found = (name: string, type: string): Step[] => [
  declaring(
    (from, local) =>
      `const ${local} = Object.values({ ...${from} }).find((each) => each === ${from}.${name}) as ${type};`,
  ),
];

/** `const key = …; m[key]` */
const constantKey =
  (name: string): Step =>
  (draft, index) => ({
    ...draft,
    body: [...draft.body, `const key${index} = "${name}";`],
    expression: `${draft.expression}[key${index}]`,
  });

/** Ways to call a function that has no receiver. */
const calls = (argument: string): Step[] => [
  wrapping((from) => `${from}(${argument})`),
  wrapping((from) => `(0, ${from})(${argument})`),
  wrapping((from) => `${from}?.(${argument})`),
  wrapping((from) => `${from}.call(undefined, ${argument})`),
  wrapping((from) => `${from}.apply(undefined, [${argument}])`),
  wrapping((from) => `${from}.bind(undefined, ${argument})()`),
  wrapping((from) => `Reflect.apply(${from}, undefined, [${argument}])`),
  wrapping((from) => `[${argument}].map((first) => ${from}(first))`),
  wrapping((from) => `(${from} as any)(${argument})`),
  declaring((from, name) => `const ${name} = await ${from}(${argument});`),
  wrapping((from) => `${from}!(${argument})`),
  wrapping((from) => `${from}(...([${argument}] as const))`),
  wrapping((from) => `Function.prototype.call.call(${from}, undefined, ${argument})`),
  declaring((from, name) => `const ${name} = await Promise.resolve(${argument} as never).then(${from});`),
  wrapping((from) => `new Promise((done) => done(${from}(${argument})))`),
  declaring(
    (from, name) => `const ${name} = { dial: ${from} };`,
    (name) => `${name}.dial(${argument})`,
  ),
  declaring(
    (from, name) =>
      `class ${name} { dial = ${from}; static open = (one = new ${name}()) => one.dial(${argument}); }`,
    (name) => `${name}.open()`,
  ),
  declaring(
    (from, name) =>
      `const ${name} = (dial: (...given: any[]) => unknown) => dial(${argument}); const ${name}f = ${from};`,
    (name) => `${name}(${name}f)`,
  ),
];

/** Ways to make a client of a class. */
const constructions = (argument: string): Step[] => [
  wrapping((from) => `new (${from})(${argument})`),
  wrapping((from) => `new (0, ${from})(${argument})`),
  wrapping((from) => `Reflect.construct(${from}, [${argument}])`),
  declaring(
    (from, name) => `class ${name} extends ${from} {}`,
    (name) => `new ${name}(${argument})`,
  ),
];

/** Ways to a socket, from its class. */
const sockets: Step[] = [
  declaring((from, name) => `const ${name} = new ${from}();`),
  declaring(
    (from, name) => `class ${name} extends ${from} {}`,
    (name) => `new ${name}()`,
  ),
  declaring((from, name) => `const ${name} = Reflect.construct(${from}, []) as import("net").Socket;`),
  declaring(
    (from, name) => `class ${name} { readonly #held = new ${from}(); get held() { return this.#held; } }`,
    (name) => `new ${name}().held`,
  ),
  declaring(
    (from, name) => `const ${name} = new Map([[1, new ${from}()]]);`,
    (name) => `${name}.get(1)!`,
  ),
  declaring(
    (from, name) =>
      `const ${name}: import("net").Socket | { readonly inner: number } = new ${from}(); if ("inner" in ${name}) return;`,
  ),
  declaring(
    (from, name) => `const ${name}: unknown = new ${from}(); if (!(${name} instanceof ${from})) return;`,
  ),
  declaring(
    (from, name) =>
      `const ${name} = new ${from}() as import("net").Socket | { connect(port: number): unknown }; if (!(${name} instanceof ${from})) return;`,
  ),
  declaring(
    (from, name) =>
      `const is${name} = (value: unknown): value is import("net").Socket => value instanceof ${from}; const ${name} = new ${from}() as import("net").Socket | string; if (!is${name}(${name})) return;`,
  ),
  declaring(
    (from, name) =>
      `const ${name} = new ${from}() as import("net").Socket | { connect(port: number): unknown };`,
  ),
  wrapping((from) => `(new ${from}() as unknown as import("net").Socket)`),
  declaring(
    (from, name) =>
      `const ${name}m = <B extends new (...given: any[]) => object>(Base: B) => class extends Base {}; const ${name} = new (${name}m(${from}))();`,
  ),
  declaring(
    (from, name) =>
      `const ${name}: unknown = new ${from}(); const is${name}: (value: unknown) => asserts value is import("net").Socket = () => {}; is${name}(${name});`,
  ),
  declaring(
    (from, name) => `const ${name} = new ${from}() as import("net").Socket | { readonly inner: number };`,
  ),
  declaring((from, name) => `const ${name} = new ${from}() as Partial<import("net").Socket> | undefined;`),
  declaring(
    (from, name) => `const ${name} = new ${from}() as import("net").Socket & { readonly named: string };`,
  ),
  declaring((from, name) => `const ${name}: Pick<import("net").Socket, "connect" | "end"> = new ${from}();`),
  declaring(
    (from, name) =>
      `const ${name}d = <T>(value: T, _: unknown): T => value; @${name}d class ${name} extends ${from} {}`,
    (name) => `new ${name}()`,
  ),
];

/** A server that has not begun to listen, from the module that makes it. */
const servers: Step[] = [
  wrapping((from) => `${from}.createServer()`),
  declaring((from, name) => `const ${name} = ${from}.createServer();`),
  declaring((from, name) => `const { createServer: ${name}c } = ${from}; const ${name} = ${name}c();`),
  declaring((from, name) => `const ${name}: import("net").Server = ${from}.createServer();`),
  declaring(
    (from, name) => `class ${name} { constructor(readonly held = ${from}.createServer()) {} }`,
    (name) => `new ${name}().held`,
  ),
];

/** Ways to call a method, given its receiver, which is of `type`. */
const methodCalls = (method: string, argument: string, type: string): Step[] => [
  wrapping((from) => `${from}.${method}(${argument})`),
  wrapping((from) => `${from}["${method}"](${argument})`),
  wrapping((from) => `${from}?.${method}(${argument})`),
  wrapping((from) => `${from}.${method}?.(${argument})`),
  ...(method === "connect" ? [wrapping((from) => `${from}.connect(80).connect(81)`)] : []),
  wrapping((from) => `${from}!.${method}!(${argument})`),
  wrapping((from) => `${from}[("${method.slice(0, 2)}" + "${method.slice(2)}") as "${method}"](${argument})`),
  wrapping((from) => `${from}[String("${method}") as "${method}"](${argument})`),
  wrapping((from) => `(${from} as any)[String("${method}")](${argument})`),
  declaring(
    (from, name) => `const ${name} = ${from}; const ${name}f = ${name}[String("${method}") as "${method}"];`,
    (name) => `${name}f.call(${[name, argument].filter(Boolean).join(", ")})`,
  ),
  declaring(
    (from, name) =>
      `const ${name} = ${from}; const ${name}f: any = Reflect.get(${name}, String("${method}"));`,
    (name) => `${name}f.call(${[name, argument].filter(Boolean).join(", ")})`,
  ),
  declaring(
    (from, name) =>
      `const ${name}: unknown = ${from}; let ${name}r: unknown; if (typeof ${name} === "object" && ${name} && "${method}" in ${name}) ${name}r = (${name}.${method} as () => unknown)();`,
    (name) => `${name}r`,
  ),
  declaring(
    (from, name) =>
      `const ${name} = ${from}; const ${name}r = (["${method}"] as const).map((key) => ${name}[key](${argument}));`,
    (name) => `${name}r`,
  ),
  declaring(
    (from, name) =>
      `const ${name} = ${from}; const ${name}r = [${name}].map(({ ${method} }) => ${method}.call(${[name, argument].filter(Boolean).join(", ")}));`,
    (name) => `${name}r`,
  ),
  declaring(
    (from, name) =>
      `const ${name} = ${from}; function ${name}f<K extends "${method}" | "on">(key: K) { return ${name}[key]; }`,
    (name) => `${name}f("${method}").call(${[name, argument].filter(Boolean).join(", ")})`,
  ),
  declaring(
    (from, name) => `const ${name} = ${from};`,
    (name) => `${name}.${method}.call(${[name, argument].filter(Boolean).join(", ")})`,
  ),
  declaring(
    (from, name) => `const ${name} = ${from};`,
    (name) => `${name}.${method}.apply(${name}, [${argument}])`,
  ),
  declaring(
    (from, name) => `const ${name} = ${from};`,
    (name) => `${name}.${method}.bind(${name})(${argument})`,
  ),
  declaring(
    (from, name) => `const ${name} = ${from}; const held${name} = ${name}.${method}.bind(${name});`,
    (name) => `held${name}(${argument})`,
  ),
  declaring(
    (from, name) => `const ${name} = ${from};`,
    (name) => `Reflect.apply(${name}.${method}, ${name}, [${argument}])`,
  ),
  declaring(
    (from, name) => `const ${name} = ${from}; const { ${method} } = ${name};`,
    (name) => `${method}.call(${[name, argument].filter(Boolean).join(", ")})`,
  ),
  declaring(
    (from, name) => `const ${name} = ${from}; const { ${method}: held${name} = undefined! } = ${name};`,
    (name) => `held${name}.call(${[name, argument].filter(Boolean).join(", ")})`,
  ),
  declaring(
    (from, name) => `const ${name} = ${from};`,
    (name) =>
      `(Reflect.get(${name}, "${method}") as typeof ${name}.${method}).call(${[name, argument].filter(Boolean).join(", ")})`,
  ),
  declaring(
    (from, name) => `const key = "${method}"; const ${name} = ${from};`,
    (name) => `${name}[key](${argument})`,
  ),
  declaring(
    (from, name) =>
      `const ${name} = <S extends ${type}>(held: S) => held.${method}(${argument}); const held${name} = ${from};`,
    (name) => `${name}(held${name})`,
  ),
  declaring(
    (from, name) =>
      `const ${name} = async ({ held }: { held: ${type} }) => held.${method}(${argument}); const held${name} = ${from};`,
    (name) => `await ${name}({ held: held${name} })`,
  ),
  declaring(
    (from, name) =>
      `const ${name} = (held: ${type} | string) => typeof held === "string" ? held : held.${method}(${argument}); const held${name} = ${from};`,
    (name) => `${name}(held${name})`,
  ),
];

/** What a program opens a connection by, and what it hands over. */
interface Target {
  readonly specifier: string;
  readonly name: string;
  readonly argument: string;
}

const reached = (steps: readonly Step[]): fc.Arbitrary<Step> => oneOf(steps).map(reaching);
const oneOf = (steps: readonly Step[]): fc.Arbitrary<Step> => fc.constantFrom(...steps);
const specifier = fc.constantFrom("net", "node:net");
const targets = fc.constantFrom<Target>(
  ...["net", "node:net"].flatMap((from) =>
    ["connect", "createConnection"].map((name) => ({ specifier: from, name, argument: "80" })),
  ),
  { specifier: "node:tls", name: "connect", argument: "443" },
  ...["http", "node:https"].flatMap((from) =>
    ["get", "request"].map((name) => ({ specifier: from, name, argument: `"${from.slice(-5)}://a/"` })),
  ),
  { specifier: "http2", name: "connect", argument: '"https://a/"' },
);

/** A function, reached by import, access, aliases and call. */
const byFunction = targets.chain(({ specifier, name, argument }) =>
  fc.tuple(
    oneOf(modules(specifier)),
    oneOf(aliases),
    reached([
      ...functions(name, `typeof import("${specifier}").${name}`),
      ...found(name, `typeof import("${specifier}").${name}`),
      constantKey(name),
    ]),
    reached(aliases),
    reached(calls(argument)),
  ),
);

/** The same, imported by its name. */
const byName = targets.chain(({ specifier, name, argument }) =>
  fc.tuple(
    oneOf([
      importing((local) => `import { ${name} as ${local} } from "${specifier}";`),
      importing(
        (local) => `const { ${name}: ${local} } = require("${specifier}") as typeof import("${specifier}");`,
      ),
      ...barrelOf(specifier).flatMap((barrel) => [
        importing((local) => `import { ${name} as ${local} } from "${barrel}";`),
        importing((local) => `import { ${name}Renamed as ${local} } from "${barrel}";`),
        importing((local) => `import { ${name}Held as ${local} } from "${barrel}";`),
        declaring((_, local) => `const { ${name}Renamed: ${local} } = await import("${barrel}");`),
      ]),
    ]),
    reached(aliases),
    reached(aliases),
    reached(calls(argument)),
  ),
);

/** A method of a socket, made of the class in some way. */
const byMethod = specifier.chain((from) =>
  fc.tuple(
    oneOf(modules(from)),
    fc.constant(declaring((module, name) => `const ${name} = ${module}.Socket;`)),
    oneOf(sockets),
    oneOf(aliases),
    reached(methodCalls("connect", "80", 'import("net").Socket')),
  ),
);

/** A socket whose type tells nothing of it. */
const byUntyped = specifier.chain((from) =>
  fc.tuple(
    oneOf(modules(from)),
    oneOf(
      ["any", "Record<string, any>", "{ [name: string]: unknown }", "{ connect(port: number): any }"].map(
        (type) => declaring((module, name) => `const ${name}: ${type} = new ${module}.Socket() as any;`),
      ),
    ),
    oneOf(aliases),
    reached(methodCalls("connect", "80", "any").slice(0, 5)),
  ),
);

/** A server that is made to listen, or is asked where it does. */
const byServer = fc
  .tuple(
    fc.constantFrom("net", "node:tls", "http", "node:https", "http2"),
    fc.constantFrom<[string, string]>(["listen", "0"], ["address", ""]),
  )
  .chain(([from, [method, argument]]) =>
    fc.tuple(
      oneOf(modules(from)),
      oneOf(aliases),
      oneOf(servers),
      oneOf(aliases),
      reached(methodCalls(method, argument, 'import("net").Server')),
    ),
  );

/** Ways to the global object. */
const globals: readonly Step[] = [
  wrapping(() => "globalThis"),
  wrapping(() => "global"),
  declaring((_, name) => `const ${name} = globalThis;`),
  declaring(
    (_, name) => `const { globalThis: ${name} = globalThis } = {} as { globalThis?: typeof globalThis };`,
  ),
  declaring((_, name) => `const ${name} = ((scope: any) => scope)(globalThis) as typeof globalThis;`),
  wrapping(() => '(typeof globalThis === "undefined" ? global : globalThis)'),
];

/** A client that every platform has as a global. */
const byGlobal = fc
  .constantFrom(
    { name: "fetch", ends: calls('"https://a/"') },
    { name: "WebSocket", ends: constructions('"wss://a/"') },
  )
  .chain(({ name, ends }) =>
    fc.oneof(
      fc.tuple(reached([wrapping(() => name)]), reached(aliases), reached(aliases), reached(ends)),
      fc.tuple(
        reached(globals),
        reached([...functions(name, `typeof ${name}`), constantKey(name)]),
        reached(aliases),
        reached(ends),
      ),
    ),
  );

/** Programs whose `run` opens a connection, or listens, by a random chain of forms. */
export const socketPrograms: fc.Arbitrary<Generated> = fc
  .oneof(byFunction, byName, byMethod, byUntyped, byServer, byGlobal)
  .map((steps) => programOf(chained(steps)));

/** The same with a socket of the type `any`, called as a method. */
export const untypedPrograms: fc.Arbitrary<Generated> = specifier
  .chain((from) =>
    fc.tuple(
      oneOf(modules(from)),
      fc.constant(declaring((module, name) => `const ${name}: any = new ${module}.Socket();`)),
      oneOf(aliases),
      reached(methodCalls("connect", "80", "any").slice(0, 5)),
    ),
  )
  .map((steps) => programOf(chained(steps)));
