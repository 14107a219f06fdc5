export { Rconnect } from "./connect";
export { SOCKSinit, type SocksOptions } from "./config/init";
export type { ProxyOptions, ProxySpec } from "./config/proxySpec";
export type { BindPolicy } from "./config/settings";
export { SocksError, type SocksErrorDetails, type SocksStage } from "./errors/SocksError";
export { Rgetsockname } from "./net/getsockname";
export { Rlisten } from "./net/listen";
export { Rnet } from "./net/rnet";
export type { ConnectMessage } from "./net/announce";
