type Method = (this: unknown, ...args: unknown[]) => unknown;

/**
 * `receiver.method`, taken without being called: what it is now, with all the properties that it has, whatever is assigned
 * to the receiver later. Called without a receiver of its own, as at the end of `receiver?.method(…)`, it is the receiver's.
 *
 * @param own the method that the receiver has
 * @param form what is called in its place; by default, itself
 */
export function methodOf(receiver: unknown, own: unknown, form = own): unknown {
  if (typeof own !== "function") return own;
  return new Proxy(own, {
    apply: (_, given: unknown, args) => Reflect.apply(form as Method, given ?? receiver, args),
  });
}
