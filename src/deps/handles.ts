/** A connection, and no datagram's socket. */
const stream = /(?<!dgram\.)\b(?:Socket|TLSSocket|Duplex)\b/;

/**
 * Options by which packages are handed a connection, or what makes one. `declared`: what the option's declared type
 * names; where `inCode` is true, the option's name alone says enough for JavaScript without declarations.
 */
export const handles: Readonly<Record<string, { readonly declared: RegExp; readonly inCode: boolean }>> = {
  agent: { declared: /\bAgent\b/, inCode: true },
  agents: { declared: /\bAgent\b/, inCode: false },
  httpAgent: { declared: /\bAgent\b|\bany\b/, inCode: true },
  httpsAgent: { declared: /\bAgent\b|\bany\b/, inCode: true },
  createConnection: { declared: /./, inCode: true },
  connector: { declared: stream, inCode: false },
  connection: { declared: stream, inCode: false },
  dispatcher: { declared: /\bDispatcher\b/, inCode: true },
  getSocket: { declared: /./, inCode: true },
  sock: { declared: /\bSocket\b|\bDuplex\b|\bReadable\b/, inCode: false },
  socket: { declared: stream, inCode: false },
  stream: { declared: stream, inCode: false },
};
