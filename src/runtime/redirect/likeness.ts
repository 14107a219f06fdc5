/**
 * A module like `node`: every export of the running Node's, so that it can stand wherever the module is used as a
 * value, with some replaced.
 *
 * @param replacements property descriptors are read from this object; what Node's module lacks is left out
 */
export function likeness<Module extends object>(node: Module, replacements: object): Module {
  const replaced = Object.entries(Object.getOwnPropertyDescriptors(replacements)).filter(
    ([name]) => name in node,
  );
  return Object.defineProperties(
    {},
    { ...Object.getOwnPropertyDescriptors(node), ...Object.fromEntries(replaced) },
  ) as Module;
}
