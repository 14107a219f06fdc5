import net from "node:net";
import { settings } from "../config/init";
import type { Settings } from "../config/settings";
import { aboutDestination } from "../errors/configuration";
import { SocksError } from "../errors/SocksError";
import { isReserved, nameBehind } from "../dns/reserved";
import type { Endpoint } from "../protocol/address";
import type { Route } from "../routes/route";
import type { ConnectOptions } from "./internals";
import { isOwnLookup } from "./lookup";

/** One call of connect: where to, and which way, as the configuration said at that moment. */
export interface Job {
  destination: Endpoint;
  /** A lookup function of the program's own finds the address to connect to. */
  ownLookup: boolean;
  /** The way; or the error that stands in it, which is told when Node would dial. */
  route: Route | SocksError;
  /** The option earlyData of this connect. */
  earlyData?: boolean | undefined;
  /** undefined when they cannot be read. */
  settings?: Settings;
}

/** @param options of a connect that is not to a Unix socket */
export function readJob(options: ConnectOptions): Job {
  // As text, which everything can be made of: what is neither host nor port is Node's to refuse.
  const host = String(options.host || "localhost");
  const ownLookup = isOwnLookup(options.lookup) && !net.isIP(host);
  const job = routed({ host, port: Number(String(options.port)) }, ownLookup);
  job.earlyData = options.earlyData;
  return job;
}

/** Whether what the caller writes before 'connect' may go with the request. */
export function allowsEarlyData({ earlyData, ownLookup, settings }: Job): boolean {
  // Of the addresses that a lookup finds Node tries the next while the first may be on its way.
  return !ownLookup && (earlyData ?? settings?.earlyData ?? false);
}

/** The job for an address that the program's own lookup function found; rules see both name and address. */
export function withAddress(job: Job, address: string): Job {
  if (!job.ownLookup || job.route instanceof SocksError || job.route.kind !== "proxies") return job;
  return routed({ host: address, port: job.destination.port }, true);
}

function routed(asked: Endpoint, ownLookup: boolean): Job {
  const destination = behindReserved(asked);
  if (!destination) return { destination: asked, ownLookup, route: forgotten(asked) };
  try {
    const inForce = settings();
    return { destination, ownLookup, route: inForce.route(destination), settings: inForce };
  } catch (error) {
    if (!(error instanceof SocksError)) throw error;
    return { destination, ownLookup, route: aboutDestination(error, destination) };
  }
}

/** An address that Rdns.lookup handed out is turned back into its name; undefined when it stands for none. */
function behindReserved({ host, port }: Endpoint): Endpoint | undefined {
  if (!isReserved(host)) return { host, port };
  const name = nameBehind(host);
  return name === undefined ? undefined : { host: name, port };
}

function forgotten({ host, port }: Endpoint): SocksError {
  return new SocksError({
    code: "EHOSTUNREACH",
    stage: "configuration",
    address: host,
    port,
    reason: "this address is reserved for names that Rdns.lookup answers, and stands for none (any more)",
    remedy: "Look the name up again, or connect to the name itself.",
  });
}
