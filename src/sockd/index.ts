export { createSockd, Sockd } from "./server";
export type { Counters } from "./counters";
export type { SockdOptions } from "./options";
export type { SessionRecord } from "./record";
