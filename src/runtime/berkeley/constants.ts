/** Numbers of <sys/socket.h> and <fcntl.h>, as Linux has them; ported code only compares them with each other. */
export const AF_UNSPEC = 0;
export const AF_UNIX = 1;
export const AF_INET = 2;
export const AF_INET6 = 10;
export const SOCK_STREAM = 1;
export const SOCK_DGRAM = 2;
export const SHUT_RD = 0;
export const SHUT_WR = 1;
export const SHUT_RDWR = 2;
export const F_GETFL = 3;
export const F_SETFL = 4;
export const O_NONBLOCK = 0o4000;
/** Ports below are for privileged programs (<netinet/in.h>). */
export const IPPORT_RESERVED = 1024;
