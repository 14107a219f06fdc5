import fc from "fast-check";
import { barrelOf } from "./barrels.js";
import { chained, declaring, importing, textOf, wrapping, type Step } from "./draft.js";

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
  ...barrelOf(specifier).flatMap((barrel) => [
    importing((name) => `import * as ${name} from "${barrel}";`),
    importing((name) => `import ${name} from "${barrel}";`),
    importing((name) => `import { all as ${name} } from "${barrel}";`),
    declaring((_, name) => `const { all: ${name} } = await import("${barrel}");`),
    wrapping(() => `(require("${barrel}") as typeof import("${barrel}"))`),
  ]),
];

/** Other names for a value, whatever it is. */
const aliases: Step[] = [
  wrapping((from) => from),
  wrapping((from) => `(${from})`),
  wrapping((from) => `${from}!`),
  wrapping((from) => `(${from} satisfies object)`),
  declaring((from, name) => `const ${name} = ${from};`),
  declaring((from, name) => `let ${name} = ${from};`),
  declaring(
    (from, name) => `const ${name} = { inner: ${from} };`,
    (name) => `${name}.inner`,
  ),
  declaring((from, name) => `const { inner: ${name} } = { inner: ${from} };`),
  declaring((from, name) => `const [${name}] = [${from}] as const;`),
  declaring(
    (from, name) => `const ${name} = () => ${from};`,
    (name) => `${name}()`,
  ),
  declaring((from, name) => `const ${name} = Math.random() < 2 ? ${from} : undefined!;`),
  declaring(
    (from, name) => `class ${name} { static readonly held = ${from}; }`,
    (name) => `${name}.held`,
  ),
  declaring((from, name) => `const ${name} = ((handed = ${from}) => handed)();`),
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
  declaring((from, name) => `const ${name}: any = new ${from}();`),
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
    oneOf([...functions(name, `typeof import("${specifier}").${name}`), constantKey(name)]),
    oneOf(aliases),
    oneOf(calls(argument)),
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
    oneOf(aliases),
    oneOf(aliases),
    oneOf(calls(argument)),
  ),
);

/** A method of a socket, made of the class in some way. */
const byMethod = specifier.chain((from) =>
  fc.tuple(
    oneOf(modules(from)),
    fc.constant(declaring((module, name) => `const ${name} = ${module}.Socket;`)),
    oneOf(sockets),
    oneOf(aliases),
    oneOf(methodCalls("connect", "80", 'import("net").Socket')),
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
      oneOf(methodCalls(method, argument, 'import("net").Server')),
    ),
  );

/** A client that every platform has as a global. */
const byGlobal = fc
  .constantFrom(
    { name: "fetch", ends: calls('"https://a/"') },
    { name: "WebSocket", ends: constructions('"wss://a/"') },
  )
  .chain(({ name, ends }) =>
    fc.oneof(
      fc.tuple(oneOf([wrapping(() => name)]), oneOf(aliases), oneOf(aliases), oneOf(ends)),
      fc.tuple(
        oneOf([wrapping(() => "globalThis"), wrapping(() => "global")]),
        oneOf([...functions(name, `typeof ${name}`), constantKey(name)]),
        oneOf(aliases),
        oneOf(ends),
      ),
    ),
  );

/** Programs whose `run` opens a connection, or listens, by a random chain of forms. */
export const socketPrograms: fc.Arbitrary<string> = fc
  .oneof(byFunction, byName, byMethod, byServer, byGlobal)
  .map((steps) => textOf(chained(steps)));

/** The same with a socket of the type `any`, called as a method. */
export const untypedPrograms: fc.Arbitrary<string> = specifier
  .chain((from) =>
    fc.tuple(
      oneOf(modules(from)),
      fc.constant(declaring((module, name) => `const ${name}: any = new ${module}.Socket();`)),
      oneOf(aliases),
      oneOf(methodCalls("connect", "80", "any").slice(0, 5)),
    ),
  )
  .map((steps) => textOf(chained(steps)));
