import { readFileSync } from "node:fs";
import { join } from "node:path";

const pem = (name: string) => readFileSync(join(__dirname, `../certificates/${name}.pem`), "utf8");

/** The authority of the tests. */
export const ca = pem("ca");
/** Options of a server that is secure.test, other.test, localhost or loopback. */
export const server = { cert: pem("server"), key: pem("server-key") };
/** Options of a client that can say who it is. */
export const client = { cert: pem("client"), key: pem("client-key") };
