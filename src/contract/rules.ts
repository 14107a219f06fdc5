/**
 * "What SOCKS expects", the calling contract of libsocks (SOCKS 4.2, 1994): what a program has to keep to so that
 * renaming its socket calls is enough. The messages of the findings quote these.
 */
export const rules = {
  first: "the first socket call is connect or rcmd",
  nonblocking:
    "a nonblocking connect does no I/O until a repeated connect says EISCONN, and nothing else starts meanwhile",
  bind: "bind only after a successful connect to the service's host, then getsockname, listen, accept, in that order",
  bindBeforeConnect:
    "a bind before connect that claims a port or an interface can't be honoured; one that claims none can be deleted",
  init: "main begins with SOCKSinit and the program's name",
} as const;
