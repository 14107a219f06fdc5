/**
 * The few properties of Node's sockets that have no public name. Node keys them by symbols, which are found
 * by their description on an object that carries them; they are the same in Node 20, 22, 24 and 26.
 */

/** The symbol of that description on `target` or on one of its prototypes. */
export function symbolOf(target: object, description: string): symbol | undefined {
  for (let holder: object | null = target; holder !== null; holder = Object.getPrototypeOf(holder)) {
    const found = Object.getOwnPropertySymbols(holder).find((symbol) => symbol.description === description);
    if (found) return found;
  }
  return undefined;
}

/** What Node stored on `target` under the symbol of that description; undefined where there is none. */
export function hidden(target: object, description: string): unknown {
  const symbol = symbolOf(target, description);
  return symbol && (target as Record<symbol, unknown>)[symbol];
}
