import fc from "fast-check";
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

/** Ways from the module to its function. */
const functions = (name: string): Step[] => [
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
  wrapping((from) => `(Reflect.get(${from}, "${name}") as typeof import("node:net").connect)`),
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
const calls: Step[] = [
  wrapping((from) => `${from}(80)`),
  wrapping((from) => `(0, ${from})(80)`),
  wrapping((from) => `${from}?.(80)`),
  wrapping((from) => `${from}.call(undefined, 80)`),
  wrapping((from) => `${from}.apply(undefined, [80])`),
  wrapping((from) => `${from}.bind(undefined, 80)()`),
  wrapping((from) => `Reflect.apply(${from}, undefined, [80])`),
  wrapping((from) => `[80].map((port) => ${from}(port))`),
  wrapping((from) => `(${from} as any)(80)`),
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
  wrapping((from) => `(new ${from}() as unknown as import("net").Socket)`),
  declaring((from, name) => `const ${name}: any = new ${from}();`),
];

/** Ways to call a method, given its receiver. */
const methodCalls: Step[] = [
  wrapping((from) => `${from}.connect(80)`),
  wrapping((from) => `${from}["connect"](80)`),
  wrapping((from) => `${from}?.connect(80)`),
  wrapping((from) => `${from}.connect?.(80)`),
  wrapping((from) => `${from}.connect(80).connect(81)`),
  declaring(
    (from, name) => `const ${name} = ${from};`,
    (name) => `${name}.connect.call(${name}, 80)`,
  ),
  declaring(
    (from, name) => `const ${name} = ${from};`,
    (name) => `${name}.connect.bind(${name})(80)`,
  ),
  declaring(
    (from, name) => `const ${name} = ${from};`,
    (name) => `Reflect.apply(${name}.connect, ${name}, [80])`,
  ),
  declaring(
    (from, name) => `const ${name} = ${from}; const { connect } = ${name};`,
    (name) => `connect.call(${name}, 80)`,
  ),
  declaring(
    (from, name) => `const ${name} = ${from};`,
    (name) => `(Reflect.get(${name}, "connect") as typeof ${name}.connect).call(${name}, 80)`,
  ),
  declaring(
    (from, name) => `const key = "connect"; const ${name} = ${from};`,
    (name) => `${name}[key](80)`,
  ),
  declaring(
    (from, name) =>
      `const ${name} = <S extends import("net").Socket>(socket: S) => socket.connect(80); const held${name} = ${from};`,
    (name) => `${name}(held${name})`,
  ),
  declaring(
    (from, name) =>
      `const ${name} = async ({ socket }: { socket: import("net").Socket }) => socket.connect(80); const held${name} = ${from};`,
    (name) => `await ${name}({ socket: held${name} })`,
  ),
];

const oneOf = (steps: readonly Step[]): fc.Arbitrary<Step> => fc.constantFrom(...steps);
const specifier = fc.constantFrom("net", "node:net");

/** `connect` or `createConnection`, reached by import, access, aliases and call. */
const byFunction = fc
  .tuple(specifier, fc.constantFrom("connect", "createConnection"))
  .chain(([from, name]) =>
    fc.tuple(
      oneOf(modules(from)),
      oneOf(aliases),
      oneOf([...functions(name), constantKey(name)]),
      oneOf(aliases),
      oneOf(calls),
    ),
  );

/** The same, imported by its name. */
const byName = fc
  .tuple(specifier, fc.constantFrom("connect", "createConnection"))
  .chain(([from, name]) =>
    fc.tuple(
      oneOf([
        importing((local) => `import { ${name} as ${local} } from "${from}";`),
        importing((local) => `const { ${name}: ${local} } = require("${from}") as typeof import("${from}");`),
      ]),
      oneOf(aliases),
      oneOf(aliases),
      oneOf(calls),
    ),
  );

/** A method of a socket, made of the class in some way. */
const byMethod = specifier.chain((from) =>
  fc.tuple(
    oneOf(modules(from)),
    fc.constant(declaring((module, name) => `const ${name} = ${module}.Socket;`)),
    oneOf(sockets),
    oneOf(aliases),
    oneOf(methodCalls),
  ),
);

/** Programs whose `run` opens a connection, by a random chain of forms. */
export const socketPrograms: fc.Arbitrary<string> = fc
  .oneof(byFunction, byName, byMethod)
  .map((steps) => textOf(chained(steps)));

/** The same with a socket of the type `any`, called as a method. */
export const untypedPrograms: fc.Arbitrary<string> = specifier
  .chain((from) =>
    fc.tuple(
      oneOf(modules(from)),
      fc.constant(declaring((module, name) => `const ${name}: any = new ${module}.Socket();`)),
      oneOf(aliases),
      oneOf(methodCalls.slice(0, 5)),
    ),
  )
  .map((steps) => textOf(chained(steps)));
