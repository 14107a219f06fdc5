import type { Refusal } from "./errors";

/** DST or BND: an IPv4 or IPv6 address or a name, and a port. */
export interface Address {
  host: string;
  port: number;
}

/** A SOCKS request of either version, and how to answer it. */
export interface Request {
  version: "4" | "4a" | "5";
  command: "CONNECT" | "BIND" | "UDP ASSOCIATE";
  destination: Address;
  user?: string;
  /** Wire form of a success reply. */
  granted(bound: Address): { code: number; bytes: Buffer };
  /** Wire form of a failure reply. */
  refused(refusal: Refusal): { code: number; bytes: Buffer };
}
