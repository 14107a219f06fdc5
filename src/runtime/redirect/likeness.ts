/**
 * A module like `node`: every export of the running Node's, so that it can stand wherever the module is used as a
 * value, with some replaced.
 *
 * @param replacements property descriptors are read from this object; what Node's module lacks is left out
 */
export function likeness<Module extends object>(node: Module, replacements: object): Module {
  const originals = Object.getOwnPropertyDescriptors(node) as PropertyDescriptorMap;
  const replaced = Object.entries(Object.getOwnPropertyDescriptors(replacements)).filter(
    ([name]) => name in originals,
  );
  for (const [name, { value }] of replaced) {
    if (typeof value === "function")
      adoptProperties(value as object, originals[name]!.value as object | undefined);
  }
  return Object.defineProperties({}, { ...originals, ...Object.fromEntries(replaced) }) as Module;
}

/**
 * What Node attaches to a function, such as how util.promisify is to name its results, holds for the other; and so do its
 * name and the number of its parameters.
 */
export function adoptProperties(replacement: object, original: object | undefined): void {
  for (const key of original ? Reflect.ownKeys(original) : []) {
    const isOwn = Object.hasOwn(replacement, key) && key !== "name" && key !== "length";
    if (!isOwn && key !== "prototype")
      Object.defineProperty(replacement, key, Object.getOwnPropertyDescriptor(original, key)!);
  }
}
