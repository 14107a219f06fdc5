import type { Options } from "./options";

/** The forms of http.request: (options), (url), (url, options), each with or without a callback. */
export type RequestArguments = unknown[];

/**
 * The same arguments with their options replaced by `change(options)`, which get an object where the caller gave
 * none. The caller's own object is never written to.
 */
export function mapOptions(args: RequestArguments, change: (options: Options) => Options): RequestArguments {
  const [first, second] = args;
  const url = typeof first === "string" || isURL(first) ? [first] : [];
  const rest = args.slice(url.length);
  const given = url.length > 0 && typeof second === "function" ? {} : rest[0];
  const callback = given === rest[0] ? rest.slice(1) : rest;
  return [...url, change((given ?? {}) as Options), ...callback];
}

/** What Node takes for one, whatever realm or library it is of (lib/internal/url.js, isURL). */
function isURL(value: unknown): boolean {
  const { href, protocol, auth, path } = Object(value) as Record<string, unknown>;
  return Boolean(href && protocol && auth === undefined && path === undefined);
}
