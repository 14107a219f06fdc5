import ts from "typescript";

/** How often a program reached Node's own socket functions, and how often the runtime's. */
export interface Reached {
  raw: number;
  socksified: number;
}

/**
 * Runs a generated program with modules that open nothing but count, and a runtime that counts too. The runtime's
 * sockets are the same as the modules': a method counts as the runtime's only where the call itself was rewritten.
 *
 * @param files the texts of the program's other files, by their names without an ending
 */
export async function run(text: string, files: ReadonlyMap<string, string>): Promise<Reached> {
  const reached: Reached = { raw: 0, socksified: 0 };
  const { modules, global, runtime } = stand(reached);
  const globalObject: Record<string, unknown> = Object.assign(Object.create(globalThis), global);
  const loaded = new Map<string, object>();

  const load = (specifier: string): unknown => {
    const name = specifier.replace(/^node:/, "");
    if (name === "module") return { createRequire: () => load };
    if (name === "@tsocksify/runtime") return runtime;
    const redirect = /^@tsocksify\/runtime\/(\w+)$/.exec(name);
    if (redirect) return runtime[`R${redirect[1]}`];
    const file = name.replace(/^\.\//, "");
    const other = files.get(file);
    if (other !== undefined) {
      if (!loaded.has(file)) loaded.set(file, evaluate(other));
      return loaded.get(file);
    }
    const module = modules[name];
    if (!module) throw new Error(`the program loads ${specifier}`);
    return module;
  };

  const evaluate = (program: string): { run?: () => Promise<unknown> } => {
    const { outputText } = ts.transpileModule(program, {
      compilerOptions: {
        module: ts.ModuleKind.CommonJS,
        target: ts.ScriptTarget.ES2022,
        esModuleInterop: true,
      },
    });
    const exports = {};
    const module: { exports: object; require: typeof load } = { exports, require: load };
    const scope: Record<string, unknown> = {
      exports,
      require: load,
      module,
      process: { getBuiltinModule: load },
      globalThis: globalObject,
      global: globalObject,
      ...global,
    };
    const body = new Function(...Object.keys(scope), outputText) as (...values: unknown[]) => void;
    body(...Object.values(scope));
    return module.exports;
  };

  await evaluate(text).run!();
  return reached;
}

function stand(reached: Reached) {
  const raw = (): void => void reached.raw++;
  class Socket {
    connect(): this {
      raw();
      return this;
    }
  }
  class Server {
    listen(): this {
      raw();
      return this;
    }
    address(): object {
      raw();
      return {};
    }
  }
  const createServer = (): Server => new Server();
  const dial = (): Socket => new Socket().connect();
  const modules: Record<string, object> = {
    net: { connect: dial, createConnection: dial, Socket, Server, createServer },
    tls: { connect: dial, Server, createServer },
    http: { get: dial, request: dial, Server, createServer },
    https: { get: dial, request: dial, Server, createServer },
    http2: { connect: dial, createServer },
  };
  const global = {
    fetch: dial,
    WebSocket: class {
      constructor() {
        raw();
      }
    },
  };

  /** What stands for a function of the runtime: it gives back the socket or server that it is about. */
  function rForm(this: unknown, ...args: unknown[]): unknown {
    reached.socksified++;
    const isHeld = (value: unknown): boolean => value instanceof Socket || value instanceof Server;
    return [this, args[0]].find(isHeld) ?? new Socket();
  }
  const of = (held: unknown): unknown =>
    held == null ? undefined : (...args: unknown[]) => rForm.call(undefined, held, ...args);
  const R = Object.assign(rForm, { of });
  const runtime: Record<string, unknown> = { Rconnect: R, Rlisten: R, Rgetsockname: R, Rfetch: R };
  runtime.RWebSocket = class {
    constructor() {
      reached.socksified++;
    }
  };
  for (const [name, module] of Object.entries(modules))
    runtime[`R${name}`] = Object.fromEntries(
      Object.entries(module).map(([key, value]) => [key, value === dial ? R : (value as unknown)]),
    );
  runtime.Rdispatch = (value: unknown): unknown => {
    const name = Object.keys(modules).find((each) => modules[each] === value);
    if (name !== undefined) return runtime[`R${name}`];
    if (value instanceof Socket) return { connect: of(value) };
    return value instanceof Server ? { listen: of(value), address: of(value) } : value;
  };
  return { modules, global, runtime };
}
