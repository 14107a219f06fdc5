import net from "node:net";
import { SocksError } from "../errors/SocksError";
import type { Endpoint } from "../protocol/address";
import { configurationError } from "../errors/configuration";
import { ask } from "./exchange";
import { TYPES, type Answer, type RecordType } from "./message";
import { nameBehind } from "./reserved";
import { RDATA } from "./records";
import { reverseName } from "./reverse";
import { configuredServers } from "./servers";

/** Node's QueryReqWrap: `oncomplete` turns what c-ares answers into what the caller gets. */
interface Request {
  oncomplete(error: string | null, result?: unknown, ttls?: number[]): void;
  /** Of the callback form. */
  callback?(error: Error): void;
  /** Of the promise form. */
  reject?(error: Error): void;
}

type Result = { records: unknown[]; ttls: number[] } | { code: string };

const DEFAULT_PORT = 53;
/** c-ares: five seconds, four times. */
const DEFAULT_TIMEOUT_MS = 5_000;
const DEFAULT_TRIES = 4;
const NAMES = Object.fromEntries(Object.entries(TYPES).map(([name, type]) => [type, name as RecordType]));

/**
 * Stands where a dns.Resolver has its c-ares channel, and asks over TCP through SOCKS instead of over UDP. So the
 * methods, their checks, and the forms of their results stay Node's own.
 */
export class Channel {
  private servers: Endpoint[] | undefined;
  private canceller = new AbortController();

  /** @param timeout milliseconds for a try; -1 for the default */
  constructor(
    private readonly timeout = -1,
    private readonly tries = DEFAULT_TRIES,
  ) {}

  /** The channel's method that asks for records of `type`: queryA(request, name). */
  query(type: RecordType, request: Request, name: string): number {
    this.answer(request, async () => {
      const answer = await this.resolve(name, type);
      if ("code" in answer) return request.oncomplete(answer.code);
      if (type === "ANY" || type === "A" || type === "AAAA")
        return request.oncomplete(null, answer.records, answer.ttls);
      // A SOA is one object, everything else a list.
      request.oncomplete(null, type === "SOA" ? answer.records[0] : answer.records);
    });
    return 0;
  }

  getHostByAddr(request: Request, address: string): number {
    this.answer(request, async () => {
      const known = nameBehind(address);
      if (known) return request.oncomplete(null, [known]);
      if (!net.isIP(address)) return request.oncomplete("ENOTIMP");
      const answer = await this.resolve(reverseName(address), "PTR");
      if ("code" in answer) request.oncomplete(answer.code);
      else request.oncomplete(null, answer.records);
    });
    return 0;
  }

  getServers(): [host: string, port: number][] {
    return (this.servers ?? configuredServers()).map(({ host, port }) => [host, port]);
  }

  setServers(servers: [family: number, host: string, port: number][]): number {
    this.servers = servers.map(([, host, port]) => ({ host, port: port || DEFAULT_PORT }));
    return 0;
  }

  /** The proxy's address is the one that name servers see. */
  setLocalAddress(): void {}

  cancel(): void {
    this.canceller.abort();
    this.canceller = new AbortController();
  }

  private answer(request: Request, work: () => Promise<void>): void {
    // Node calls back in a turn of its own, and an error of the callback is the program's.
    work().catch((error: Error) => {
      process.nextTick(() => {
        if (!(error instanceof SocksError)) throw error;
        if (request.reject) request.reject(error);
        else request.callback?.(error);
      });
    });
  }

  private async resolve(name: string, type: RecordType): Promise<Result> {
    const servers = this.servers ?? configuredServers();
    if (servers.length === 0)
      throw configurationError(
        "no name server is configured, and this machine's own are not to be asked",
        'Call SOCKSinit(name, { resolver: "9.9.9.9" }) or Rdns.setServers; it is asked over TCP through the proxy.',
        "ESOCKSNOCONF",
      );
    const { signal } = this.canceller;
    let failure: unknown;
    let code = "ETIMEOUT";
    for (let attempt = 0; attempt < this.tries * servers.length; attempt++) {
      try {
        const server = servers[attempt % servers.length]!;
        const timeout = this.timeout > 0 ? this.timeout : DEFAULT_TIMEOUT_MS;
        const answer = await ask(server, name, type, timeout, signal);
        if (!worthAnother(answer)) return decoded(answer, type);
        code = answer.code!;
        failure = undefined;
      } catch (error) {
        failure = error;
        code = "ECONNREFUSED";
        // The proxy said no, or is not there: asking again will not help, another server may.
        if (error instanceof SocksError && attempt + 1 >= servers.length) throw error;
      }
    }
    if (failure instanceof SocksError) throw failure;
    return { code };
  }
}

/** c-ares goes on to the next server after these. */
function worthAnother({ code }: Answer): boolean {
  return code === "ETIMEOUT" || code === "ESERVFAIL" || code === "ENOTIMP" || code === "EREFUSED";
}

function decoded(answer: Answer, type: RecordType): Result {
  if (answer.code !== undefined) return { code: answer.code };
  try {
    const found = answer.records.filter(({ type: found }) =>
      type === "ANY" ? NAMES[found] !== undefined : found === TYPES[type],
    );
    if (found.length === 0) return { code: "ENODATA" };
    const records = found.map((record) => {
      const name = NAMES[record.type] as Exclude<RecordType, "ANY">;
      const data = RDATA[name](record);
      return type === "ANY" ? described(name, data, record.ttl) : data;
    });
    return { records, ttls: found.map(({ ttl }) => ttl) };
  } catch (error) {
    if (error instanceof RangeError) return { code: "EBADRESP" };
    throw error;
  }
}

/** An entry of resolveAny: nodejs.org/api/dns.html#dnsresolveanyhostname-callback. */
function described(type: string, data: unknown, ttl: number): object {
  if (type === "A" || type === "AAAA") return { type, address: data, ttl };
  if (type === "TXT") return { type, entries: data };
  return typeof data === "string" ? { type, value: data } : { type, ...(data as object) };
}
