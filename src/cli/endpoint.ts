import { InputError } from "../project/input-error.js";

/** A host and a TCP port. */
export interface Endpoint {
  readonly host: string;
  readonly port: number;
}

/**
 * Reads `HOST:PORT` or `[IPv6]:PORT`.
 *
 * @throws InputError
 */
export function readEndpoint(text: string): Endpoint {
  const [, bracketed, plain, port] = /^(?:\[([^\]]*)\]|([^:[\]/]*)):([^:]*)$/.exec(text) ?? [];
  const host = bracketed ?? plain;
  if (!host || port === undefined)
    throw new InputError(`${text}: HOST:PORT is expected, with brackets around an IPv6 address: [::1]:443`);
  return { host, port: readPort(port, 1) };
}

/**
 * @param lowest 1, or 0 where "any port" is a port too
 * @throws InputError
 */
export function readPort(text: string, lowest: 0 | 1): number {
  const port = Number(text);
  if (/^\d{1,5}$/.test(text) && port >= lowest && port <= 65535) return port;
  throw new InputError(`${text || "nothing"} is no TCP port: a number from ${lowest} to 65535 is expected`);
}
