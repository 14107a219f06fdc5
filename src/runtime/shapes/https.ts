// The types of "@tsocksify/runtime/https" are those of Node's own module. Not `export =`: whoever wrote
// `export * from "https"` must be able to write it of this module too.
export * from "https";
