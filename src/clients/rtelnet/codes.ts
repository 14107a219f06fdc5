/** Commands of RFC 854. */
export const SE = 240;
export const BRK = 243;
export const IP = 244;
export const AYT = 246;
export const SB = 250;
export const WILL = 251;
export const WONT = 252;
export const DO = 253;
export const DONT = 254;
export const IAC = 255;

/** Options: RFC 857, 858, 1091, 1073. */
export const ECHO = 1;
export const SUPPRESS_GO_AHEAD = 3;
export const TERMINAL_TYPE = 24;
export const WINDOW_SIZE = 31;
