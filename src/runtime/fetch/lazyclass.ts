/** A class of which nothing is known but that it is one. */
export type AnyClass = abstract new (...args: never[]) => object;

/**
 * A class that is looked up when it is first used. Touching `globalThis.WebSocket` loads all of undici, which a
 * program that opens no WebSocket should not pay for.
 *
 * Static members, `instanceof` and `extends` are those of the class found; construction gets changed arguments.
 *
 * @param find the class, or undefined where there is none
 * @param args what the constructor gets instead of the caller's arguments
 * @param missing the error of an attempt to construct what there is not
 * @param made is told of each new instance, and the arguments that its constructor got
 */
export function lazyClass<Class extends AnyClass>(
  find: () => Class | undefined,
  args: (given: unknown[]) => unknown[],
  missing: () => Error,
  made?: (instance: InstanceType<Class>, args: unknown[]) => void,
): Class {
  let found: Class | undefined;
  const target = () => (found ??= find());
  // A function: its `prototype` is writable, so that a proxy may report another one.
  const proxy: Class = new Proxy(function () {} as unknown as Class, {
    construct(_, given, newTarget) {
      const actual = target();
      if (!actual) throw missing();
      const changed = args(given);
      const instance = Reflect.construct(actual, changed, newTarget === proxy ? actual : newTarget) as object;
      made?.(instance as InstanceType<Class>, changed);
      return instance;
    },
    get: (own, key) => Reflect.get(target() ?? own, key) as unknown,
    has: (own, key) => Reflect.has(target() ?? own, key),
    set: (own, key, value) => Reflect.set(target() ?? own, key, value),
    getPrototypeOf: (own) => Reflect.getPrototypeOf(target() ?? own),
  });
  return proxy;
}
