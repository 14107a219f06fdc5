// The types of "@tsocksify/runtime/dns/promises" are those of Node's own module, namespace and all.
// eslint-disable-next-line @typescript-eslint/no-require-imports -- the only form that re-exports a namespace whole
import promises = require("dns/promises");
export = promises;
