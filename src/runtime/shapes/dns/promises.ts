// The types of "@tsocksify/runtime/dns/promises" are those of Node's own module. Not `export =`: whoever wrote
// `export * from "dns/promises"` must be able to write it of this module too.
export * from "dns/promises";
