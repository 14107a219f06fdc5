// The types of "@tsocksify/runtime/http2" are those of Node's own module. Not `export =`: whoever wrote
// `export * from "http2"` must be able to write it of this module too.
export * from "http2";
