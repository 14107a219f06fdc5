// The types of "@tsocksify/runtime/https" are those of Node's own module, namespace and all.
// eslint-disable-next-line @typescript-eslint/no-require-imports -- the only form that re-exports a namespace whole
import https = require("https");
export = https;
