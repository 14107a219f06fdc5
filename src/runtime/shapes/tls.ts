// The types of "@tsocksify/runtime/tls" are those of Node's own module. Not `export =`: whoever wrote
// `export * from "tls"` must be able to write it of this module too.
export * from "tls";
