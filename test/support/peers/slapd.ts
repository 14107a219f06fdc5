import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { freePort, startDaemon, temporaryDirectory } from "./daemon";
import { missing } from "./required";

const program = "/usr/sbin/slapd";

/** Why tests with OpenLDAP are skipped, or false. */
export const slapdSkip = missing("slapd", program);

export interface Slapd {
  /** LDAP, with startTLS. */
  port: number;
  /** LDAP in TLS. */
  tlsPort: number;
  /** May read everything. */
  rootDn: string;
  rootPassword: string;
  /** Root of the directory. */
  base: string;
  stop(): Promise<void>;
}

/**
 * Starts Debian's slapd on loopback, with an empty directory.
 * @param certificates paths of PEM files.
 */
export async function startSlapd(certificates: { ca: string; cert: string; key: string }): Promise<Slapd> {
  const directory = await temporaryDirectory("slapd");
  const conf = join(directory.path, "slapd.conf");
  const base = "dc=example,dc=org";
  const rootDn = `cn=admin,${base}`;
  const rootPassword = "secret";
  let tlsPort = 0;
  try {
    await mkdir(join(directory.path, "data"));
    await writeFile(
      conf,
      `include /etc/ldap/schema/core.schema
include /etc/ldap/schema/cosine.schema
include /etc/ldap/schema/inetorgperson.schema
modulepath /usr/lib/ldap
moduleload back_mdb
pidfile ${directory.path}/pid
TLSCACertificateFile ${certificates.ca}
TLSCertificateFile ${certificates.cert}
TLSCertificateKeyFile ${certificates.key}
database mdb
maxsize 10485760
suffix "${base}"
rootdn "${rootDn}"
rootpw ${rootPassword}
directory ${directory.path}/data
`,
    );
    const { tree, port } = await startDaemon("127.0.0.1", async (port) => {
      tlsPort = await freePort("127.0.0.1");
      const listeners = `ldap://127.0.0.1:${port}/ ldaps://127.0.0.1:${tlsPort}/`;
      return { program, args: ["-d", "none", "-f", conf, "-h", listeners] };
    });
    const stop = async () => {
      await tree.stop();
      await directory.remove();
    };
    return { port, tlsPort, base, rootDn, rootPassword, stop };
  } catch (error) {
    await directory.remove();
    throw error;
  }
}
