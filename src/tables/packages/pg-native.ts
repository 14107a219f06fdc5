import type { ModuleTable } from "../schema.js";

/** libpq, whose connections are its own, by way of a native addon. https://www.npmjs.com/package/pg-native */
export const pgNative = {
  module: "pg-native",
  whole: { class: "native", finding: "SOCKS1013" },
  exports: {},
  inert: [],
} as const satisfies ModuleTable;
