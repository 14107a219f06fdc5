import tsocksify from "./index.js";

/**
 * The entry `tsocksify/transformer`. The function is the module itself: ts-patch and ttypescript take that as well as
 * a `default`, and `import` and `require` then give the same, whatever the bundler makes of `__esModule`.
 */
export = tsocksify;
