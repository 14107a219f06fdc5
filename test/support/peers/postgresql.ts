import { execFileSync } from "node:child_process";
import { chmodSync, chownSync, existsSync, readdirSync } from "node:fs";
import { appendFile, cp, mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { startDaemon, temporaryDirectory } from "./daemon";
import { missing } from "./required";

/** Debian has each version's programs in a folder of its own. */
const versions = "/usr/lib/postgresql";
const programs = existsSync(versions)
  ? readdirSync(versions).map((version) => join(versions, version, "bin"))
  : [];
const folder = programs.find((each) => existsSync(join(each, "postgres"))) ?? join(versions, "bin");

/** Why tests with PostgreSQL are skipped, or false. */
export const postgresqlSkip = missing("postgresql", join(folder, "postgres"));

export interface Postgresql {
  port: number;
  user: string;
  password: string;
  stop(): Promise<void>;
}

/**
 * Starts Debian's PostgreSQL on loopback with an empty cluster, for whoever knows the password, in TLS or not.
 * @param certificates paths of PEM files.
 * @param from the only address that it takes connections from
 */
export async function startPostgresql(
  certificates: { cert: string; key: string },
  from: string,
): Promise<Postgresql> {
  const directory = await temporaryDirectory("postgresql");
  const data = join(directory.path, "data");
  const [user, password] = ["tester", "secret"];
  try {
    await mkdir(data, { mode: 0o700 });
    const secret = join(directory.path, "password");
    await writeFile(secret, password);
    const { cert, key } = { cert: join(directory.path, "cert.pem"), key: join(directory.path, "key.pem") };
    await cp(certificates.cert, cert);
    await cp(certificates.key, key);
    chmodSync(key, 0o600);
    // It refuses to be root: then it is the user that its package has made.
    const asOwner =
      process.getuid?.() === 0 ? ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"] : [];
    if (asOwner.length > 0)
      for (const path of [directory.path, data, secret, cert, key])
        chownSync(path, idOf("--user"), idOf("--group"));
    const as = (program: string, ...args: string[]): [string, ...string[]] =>
      [...asOwner, join(folder, program), ...args] as [string, ...string[]];
    const [initdb, ...options] = as(
      "initdb",
      `--pgdata=${data}`,
      `--username=${user}`,
      `--pwfile=${secret}`,
      "--auth=scram-sha-256",
      "--encoding=UTF8",
      "--no-locale",
      "--no-sync",
    );
    execFileSync(initdb, options, { stdio: ["ignore", "ignore", "pipe"], cwd: "/" });
    await writeFile(join(data, "pg_hba.conf"), `host all all ${from}/32 scram-sha-256\n`);
    await appendFile(
      join(data, "postgresql.conf"),
      `listen_addresses = '127.0.0.1'
unix_socket_directories = ''
fsync = off
ssl = on
ssl_cert_file = '${cert}'
ssl_key_file = '${key}'
`,
    );
    const { tree, port } = await startDaemon("127.0.0.1", async (port) => {
      const [program, ...args] = as("postgres", "-D", data, "-p", String(port));
      return { program, args };
    });
    const stop = async () => {
      await tree.stop();
      await directory.remove();
    };
    try {
      await ready(port);
    } catch (error) {
      await stop();
      throw error;
    }
    return { port, user, password, stop };
  } catch (error) {
    await directory.remove();
    throw error;
  }
}

/** Its port is open before it takes anybody in. */
async function ready(port: number): Promise<void> {
  for (let waited = 0; ; waited += 50)
    try {
      return void execFileSync(join(folder, "pg_isready"), ["-q", "-h", "127.0.0.1", "-p", String(port)]);
    } catch (error) {
      if (waited >= 10_000) throw error;
      await sleep(50);
    }
}

function idOf(which: "--user" | "--group"): number {
  return Number(execFileSync("id", [which, "postgres"], { encoding: "utf8" }));
}
