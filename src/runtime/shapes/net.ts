// The types of "@tsocksify/runtime/net" are those of Node's own module. Not `export =`: whoever wrote
// `export * from "net"` must be able to write it of this module too.
export * from "net";
