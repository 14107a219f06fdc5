import type { Endpoint } from "../protocol/address";
import { NameServerConnection } from "./connection";
import { decodeAnswer, encodeQuery, type Answer, type RecordType } from "./message";

const connections = new Map<string, NameServerConnection>();

/**
 * Asks one name server over TCP through SOCKS.
 *
 * @param timeout milliseconds, for dial and answer together
 * @param signal ends the wait with code ECANCELLED
 * @returns records or a code of Node's dns; EBADNAME for what is no domain name, ETIMEOUT
 * @throws (rejects) the dial's SocksError, or the connection's error
 */
export async function ask(
  server: Endpoint,
  name: string,
  type: RecordType,
  timeout: number,
  signal: AbortSignal,
): Promise<Answer> {
  const query = encodeQuery(name, type);
  if (!query) return { code: "EBADNAME" };
  const connection = connectionTo(server, query.id);
  let timer: NodeJS.Timeout | undefined;
  let onAbort: (() => void) | undefined;
  const ended = new Promise<Answer>((resolve) => {
    timer = setTimeout(() => resolve({ code: "ETIMEOUT" }), timeout);
    onAbort = () => resolve({ code: "ECANCELLED" });
    signal.addEventListener("abort", onAbort, { once: true });
  });
  try {
    const answered = connection.ask(query).then((message) => decodeAnswer(message, query));
    return await Promise.race([answered, ended]);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener("abort", onAbort!);
    connection.forget(query.id);
  }
}

function connectionTo(server: Endpoint, id: number): NameServerConnection {
  const key = `${server.host} ${server.port}`;
  const open = connections.get(key);
  if (open?.accepts(id)) return open;
  const connection: NameServerConnection = new NameServerConnection(server, () => {
    if (connections.get(key) === connection) connections.delete(key);
  });
  connections.set(key, connection);
  return connection;
}
