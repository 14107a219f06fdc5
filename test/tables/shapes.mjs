// Prints, as JSON, the names that modules of Node and those they are redirected to have, for the Node that runs this.
// It is given the pairs: net @tsocksify/runtime/net …
import { createRequire } from "node:module";

const require = createRequire(import.meta.url);
// Node gives every CommonJS module these beside its exports.
const generic = ["default", "module.exports"];
/** @param {string} specifier */
const imported = async (specifier) =>
  Object.keys(await import(specifier)).filter((name) => !generic.includes(name));
/** @param {string} specifier */
const required = (specifier) => Object.keys(require(specifier)).sort();

/** @type {Record<string, unknown>} */
const shapes = {};
const pairs = process.argv.slice(2);
for (let i = 0; i < pairs.length; i += 2) {
  const [module, redirect] = pairs.slice(i, i + 2);
  const instance = require(redirect);
  shapes[module] = {
    required: [required(`node:${module}`), required(redirect)],
    imported: [await imported(`node:${module}`), await imported(redirect)],
    isOne: (await import(redirect)).default === instance,
  };
}
process.stdout.write(JSON.stringify(shapes));
