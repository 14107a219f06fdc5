// The types of "@tsocksify/runtime/dns" are those of Node's own module. Not `export =`: whoever wrote
// `export * from "dns"` must be able to write it of this module too.
export * from "dns";
