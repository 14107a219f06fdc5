import type { ModuleTable } from "../schema.js";

/** https://developers.cloudflare.com/workers/runtime-apis/tcp-sockets/: pairs of web streams, which have no R-form. */
export const cloudflareSockets = {
  module: "cloudflare:sockets",
  finding: "SOCKS1015",
  exports: {
    connect: { class: "socket", finding: "SOCKS1015" },
  },
  inert: [],
} as const satisfies ModuleTable;
