const OFFSET = 0xcbf29ce484222325n;
const PRIME = 0x100000001b3n;
const MASK = (1n << 64n) - 1n;

/**
 * A name for a call site that stays the same when lines are added above it or it is indented anew: 16 hexadecimal
 * digits of what it consists of (64-bit FNV-1a over UTF-16 code units).
 */
export function fingerprintOf(...parts: readonly string[]): string {
  const text = parts.join("\0");
  let hash = OFFSET;
  for (let index = 0; index < text.length; index++)
    hash = ((hash ^ BigInt(text.charCodeAt(index))) * PRIME) & MASK;
  return hash.toString(16).padStart(16, "0");
}
