import ts from "typescript";

/** How often a program reached Node's own socket functions, and how often the runtime's. */
export interface Reached {
  raw: number;
  socksified: number;
}

/**
 * Runs a generated program with a `net` that opens nothing but counts, and a runtime that counts too. The runtime's
 * sockets are the same as the module's: a method counts as the runtime's only where the call itself was rewritten.
 */
export async function run(text: string): Promise<Reached> {
  const reached: Reached = { raw: 0, socksified: 0 };
  const { net, runtime } = stand(reached);
  const load = (specifier: string): unknown => {
    switch (specifier.replace(/^node:/, "")) {
      case "net":
        return net;
      case "module":
        return { createRequire: () => load };
      case "@tsocksify/runtime":
        return runtime;
      case "@tsocksify/runtime/net":
        return runtime.Rnet;
      default:
        throw new Error(`the program loads ${specifier}`);
    }
  };
  const { outputText } = ts.transpileModule(text, {
    compilerOptions: {
      module: ts.ModuleKind.CommonJS,
      target: ts.ScriptTarget.ES2022,
      esModuleInterop: true,
    },
  });
  const exports: { run?: () => Promise<unknown> } = {};
  const parameters = ["exports", "require", "module", "process"];
  const program = new Function(...parameters, outputText) as (...values: unknown[]) => void;
  program(exports, load, { exports, require: load }, { getBuiltinModule: load });
  await exports.run!();
  return reached;
}

function stand(reached: Reached) {
  class Socket {
    connect(): this {
      reached.raw++;
      return this;
    }
  }
  const connect = (): Socket => new Socket().connect();
  const net = { connect, createConnection: connect, Socket };

  function Rconnect(this: unknown, ...args: unknown[]): unknown {
    reached.socksified++;
    const [first] = args;
    return this instanceof Socket ? this : first instanceof Socket ? first : new Socket();
  }
  const of = (socket: unknown): unknown =>
    socket == null ? undefined : (...args: unknown[]) => Rconnect.call(undefined, socket, ...args);
  const Rnet = { connect: Rconnect, createConnection: Rconnect, Socket };
  const Rdispatch = (value: unknown): unknown =>
    value === net ? Rnet : value instanceof Socket ? { connect: of(value) } : value;
  return { net, runtime: { Rconnect: Object.assign(Rconnect, { of }), Rnet, Rdispatch } };
}
