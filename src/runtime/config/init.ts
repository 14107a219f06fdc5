import { setGuard } from "../guard/guard";
import { inherited, passOn } from "./inherited";
import type { SocksOptions } from "./options";
import { resolve } from "./resolve";
import type { Settings } from "./settings";

let current: Settings | undefined;
let guard = inherited.guard;
if (guard !== undefined) setGuard(guard);

/**
 * The configuration in force: of the last SOCKSinit, otherwise of that of the thread that started this one,
 * otherwise of the environment as it is at the first use.
 *
 * @throws SocksError ESOCKSBADCONF when the environment cannot be read
 */
export function settings(): Settings {
  return (current ??= resolve(inherited.name, inherited.options()));
}

/**
 * Configures the R-functions, as SOCKSinit of libsocks did. Optional: without it the first R-function that is
 * called reads the environment. A later call replaces the configuration for connections that begin after it; only the
 * guard, which watches over the whole thread, stays as it is until a call mentions it. Worker threads that are started
 * after it begin with the same configuration and guard; a process gets the environment alone.
 *
 * @param name the program's name
 * @param options win over the environment, part by part
 * @throws SocksError ESOCKSBADCONF for a malformed or unreadable configuration or an unknown scheme. Having
 *   no proxy at all is no error here: it is one, ESOCKSNOCONF, for the first connection that would need one.
 * @example SOCKSinit("backup", { proxy: "socks5://gate.example:1080", noProxy: "10.0.0.0/8" });
 */
export function SOCKSinit(name: string, options: SocksOptions = {}): void {
  current = resolve(name, options);
  if (current.guard !== undefined) setGuard((guard = current.guard));
  passOn(name, { ...options, ...(guard && { guard }) });
}
