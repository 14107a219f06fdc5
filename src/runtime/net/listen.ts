import net from "node:net";

/** The forms of {@link Rlisten}. */
export interface Rlisten {
  /** `server.listen(…)`. */
  <S extends net.Server>(
    server: S,
    port?: number,
    hostname?: string,
    backlog?: number,
    listener?: () => void,
  ): S;
  <S extends net.Server>(server: S, port?: number, hostname?: string, listener?: () => void): S;
  <S extends net.Server>(server: S, port?: number, backlog?: number, listener?: () => void): S;
  <S extends net.Server>(server: S, port?: number, listener?: () => void): S;
  <S extends net.Server>(server: S, path: string, backlog?: number, listener?: () => void): S;
  <S extends net.Server>(server: S, path: string, listener?: () => void): S;
  <S extends net.Server>(server: S, options: net.ListenOptions, listener?: () => void): S;
  <S extends net.Server>(server: S, handle: unknown, backlog?: number, listener?: () => void): S;
  <S extends net.Server>(server: S, handle: unknown, listener?: () => void): S;
  /** `super.listen(…)`: on that server, whatever a subclass overrides. */
  call<S extends net.Server>(server: S, ...args: unknown[]): S;
  apply<S extends net.Server>(server: S, args: ArrayLike<unknown>): S;
  bind<S extends net.Server>(server: S, ...args: unknown[]): (...args: unknown[]) => S;
  bind(receiver: null | undefined): Rlisten;
  /** `server?.listen`. */
  of<S extends net.Server>(server: S): S["listen"];
  of<S extends net.Server>(server: S | null | undefined): S["listen"] | undefined;
}

type Listen = (...args: unknown[]) => net.Server;

const nativeListen = net.Server.prototype.listen as Listen;

function rlisten(this: unknown, ...args: unknown[]): unknown {
  if (this instanceof net.Server) return Reflect.apply(nativeListen, this, args);
  const [server, ...others] = args as [net.Server, ...unknown[]];
  return (server.listen as Listen)(...others);
}

function of(server: net.Server | null | undefined): unknown {
  return server == null ? undefined : (...args: unknown[]) => (server.listen as Listen)(...args);
}

/**
 * listen() of libsocks: what rewritten code calls instead of `server.listen(…)`. An ordinary server listens on
 * this machine.
 *
 * @returns the server
 */
export const Rlisten: Rlisten = Object.assign(rlisten, { of }) as never;
