import { AF_INET, AF_INET6, F_GETFL, F_SETFL, O_NONBLOCK, SOCK_STREAM } from "./constants";
import type { Descriptor } from "./descriptor";
import { Descriptor as OpenDescriptor, expectOpen } from "./descriptor";
import { failure } from "./failure";

/**
 * socket(2).
 *
 * @param domain AF_INET or AF_INET6
 * @param type SOCK_STREAM; SOCKS is TCP only, here
 * @throws EAFNOSUPPORT, EPROTONOSUPPORT for anything else
 */
export function socket(domain: number, type: number, _protocol = 0): Descriptor {
  if (domain !== AF_INET && domain !== AF_INET6)
    throw failure("socket", "EAFNOSUPPORT", "only AF_INET and AF_INET6 are supported");
  if (type !== SOCK_STREAM)
    throw failure("socket", "EPROTONOSUPPORT", "only SOCK_STREAM can go through SOCKS");
  return new OpenDescriptor();
}

/** fcntl(2), for O_NONBLOCK: `fcntl(s, F_SETFL, fcntl(s, F_GETFL) | O_NONBLOCK)`. */
export function fcntl(s: Descriptor, command: number, flags = 0): number {
  expectOpen(s, "fcntl");
  if (command === F_GETFL) return s.nonblocking ? O_NONBLOCK : 0;
  if (command !== F_SETFL) throw failure("fcntl", "EINVAL", "only F_GETFL and F_SETFL are supported");
  s.nonblocking = (flags & O_NONBLOCK) !== 0;
  return 0;
}
