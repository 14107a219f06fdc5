import { once } from "node:events";
import type { AddressInfo, Server as NetServer, Socket } from "node:net";
import ldap from "ldapjs";

/** `cn=root` with the password "secret" may search these. */
const entries = ["ada", "grace", "linus"].map((name) => ({
  dn: `cn=${name},o=demo`,
  attributes: { objectclass: ["person"], cn: [name], mail: [`${name}@demo.example`] },
}));

export interface LdapServer {
  port: number;
  /** The TCP peers it has accepted so far, `address:port`. */
  accepted: string[];
  stop(): Promise<void>;
}

/** What of ldapjs its type package leaves out. */
interface Request {
  credentials: string;
  filter: { matches(attributes: object): boolean };
  connection: { ldap: { bindDN: { equals(dn: string): boolean } } };
}
interface Response {
  send(entry: object): void;
  end(): void;
}
type Handler = (request: Request, response: Response, next: (error?: Error) => void) => void;
interface Server {
  /** The net.Server underneath, whose events ldapjs doesn't pass on. */
  server: NetServer;
  bind(dn: string, handler: Handler): void;
  search(dn: string, handler: Handler): void;
}

/** A real LDAP server of the npm package ldapjs on loopback, with three entries under o=demo. */
export async function startLdapjs(): Promise<LdapServer> {
  const ldapServer = ldap.createServer() as unknown as Server;
  const { server } = ldapServer;
  const accepted: string[] = [];
  const sockets = new Set<Socket>();
  ldapServer.bind("cn=root", (request, response, next) => {
    if (request.credentials !== "secret") return next(new ldap.InvalidCredentialsError() as unknown as Error);
    response.end();
    next();
  });
  ldapServer.search("o=demo", (request, response, next) => {
    if (!request.connection.ldap.bindDN.equals("cn=root"))
      return next(new ldap.InsufficientAccessRightsError() as unknown as Error);
    for (const entry of entries) if (request.filter.matches(entry.attributes)) response.send(entry);
    response.end();
    next();
  });
  server.on("connection", (socket) => {
    accepted.push(`${socket.remoteAddress}:${socket.remotePort}`);
    sockets.add(socket.on("close", () => sockets.delete(socket)));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    port: (server.address() as AddressInfo).port,
    accepted,
    stop: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
