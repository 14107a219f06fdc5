// The types of "@tsocksify/runtime/http" are those of Node's own module. Not `export =`: whoever wrote
// `export * from "http"` must be able to write it of this module too.
export * from "http";
