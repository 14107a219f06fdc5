import { channel } from "node:diagnostics_channel";
import { ignoredPlugin } from "./ignored-plugin";
import { REMEMBERED, type GuardMode, type GuardReport, type Incident } from "./incident";

/** Publishes each {@link Incident} as it happens. */
const incidents = channel("tsocksify:guard");

const COUNTERS = { tcp: "direct", udp: "datagrams", dns: "queries" } as const;

/** What the guard saw. */
export class Blotter {
  private readonly counts = { proxied: 0, allowed: 0, direct: 0, datagrams: 0, queries: 0 };
  private readonly last: Incident[] = [];
  private hasTold = false;

  constructor(readonly mode: GuardMode) {}

  get kills(): boolean {
    return this.mode === "kill";
  }

  permitted(how: "proxied" | "allowed"): void {
    this.counts[how]++;
  }

  enter(incident: Incident): void {
    this.counts[COUNTERS[incident.kind]]++;
    this.last.push(incident);
    if (this.last.length > REMEMBERED) this.last.shift();
    incidents.publish(incident);
    const detail = this.reasonOf(incident);
    process.emitWarning(describe(incident), {
      type: "SocksGuardWarning",
      code: "ESOCKSDIRECT",
      ...(detail === undefined ? {} : { detail }),
    });
  }

  /** Told once: it is the same for all that the program does. */
  private reasonOf({ at }: Incident): string | undefined {
    if (this.hasTold || at === undefined) return undefined;
    const reason = ignoredPlugin(at);
    this.hasTold = reason !== undefined;
    return reason;
  }

  report(): GuardReport {
    return { mode: this.mode, ...this.counts, incidents: [...this.last] };
  }
}

function describe({ kind, address, port, at, killed }: Incident): string {
  const what = {
    tcp: `a direct TCP connection to ${address}:${port}`,
    udp: address === undefined ? "a UDP socket" : `a UDP datagram to ${address}:${port}`,
    dns: `a DNS query for ${address} by this machine's resolver`,
  }[kind];
  return `${what}${at ? `, from ${at},` : ""} did not come through SOCKS${killed ? " and was stopped" : ""}`;
}
