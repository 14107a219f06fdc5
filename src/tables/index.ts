import { dgram } from "./dgram.js";
import { dns, dnsPromises } from "./dns.js";
import { globals } from "./globals.js";
import { http } from "./http.js";
import { http2 } from "./http2.js";
import { https } from "./https.js";
import { net } from "./net.js";
import type { GlobalTable, ModuleTable } from "./schema.js";
import { tls } from "./tls.js";

/** Every module whose exports are classified. */
export const modules: readonly ModuleTable[] = [net, tls, http, https, http2, dgram, dns, dnsPromises];

export const globalTable: GlobalTable = globals;

export type * from "./schema.js";
