import type { GlobalTable } from "../schema.js";

/** Of the web platform, in browsers, and in Node by a package or a bundler. */
export const browser = {
  globals: {
    /** https://xhr.spec.whatwg.org/ */
    XMLHttpRequest: { class: "socket", finding: "SOCKS1015", at: "construct", elsewhere: true },
    /** https://streams.spec.whatwg.org/ on a WebSocket; Deno has it. */
    WebSocketStream: { class: "socket", finding: "SOCKS1015", at: "construct", elsewhere: true },
    /** ICE (RFC 8445) and SRTP are UDP. */
    RTCPeerConnection: { class: "udp", finding: "SOCKS1001", at: "construct", elsewhere: true },
    /** HTTP/3, which is QUIC. */
    WebTransport: { class: "udp", finding: "SOCKS1001", at: "construct", elsewhere: true },
  },
  inert: [],
} as const satisfies GlobalTable;
