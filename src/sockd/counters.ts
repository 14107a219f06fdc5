import type { SessionRecord } from "./record";

/** Totals since the server was created. */
export interface Counters {
  /** TCP connections taken from clients. */
  accepted: number;
  /** Sessions open now. */
  open: number;
  /** Successful CONNECTs by requested destination, `host:port`. */
  connects: Record<string, number>;
  /** Successful BINDs (a peer was accepted) by requested destination, `host:port`. */
  binds: Record<string, number>;
  /** Ended sessions that never got to a relay. */
  failed: number;
  /** Payload bytes of ended sessions from clients to peers. */
  bytesUp: number;
  /** Payload bytes of ended sessions from peers to clients. */
  bytesDown: number;
}

export function newCounters(): Counters {
  return { accepted: 0, open: 0, connects: {}, binds: {}, failed: 0, bytesUp: 0, bytesDown: 0 };
}

/** Counts a session at its start of relaying, so that a test need not wait for its end. */
export function countRelay(counters: Counters, { command, destination }: SessionRecord): void {
  const byDestination = command === "BIND" ? counters.binds : counters.connects;
  byDestination[destination!] = (byDestination[destination!] ?? 0) + 1;
}

export function countEnd(counters: Counters, record: SessionRecord): void {
  counters.open--;
  counters.bytesUp += record.bytesUp;
  counters.bytesDown += record.bytesDown;
  if (record.peer === undefined) counters.failed++;
}
