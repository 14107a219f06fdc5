import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** By what they are, so that these are right whatever the releases are called. */
const SUITES = ["stable", "testing", "unstable", "experimental"];

const KEYRING = "/usr/share/keyrings/debian-archive-keyring.gpg";

/**
 * Debian's source packages, from the mirror that this machine is set up with, through an apt configuration of its
 * own: the machine's package lists stay as they are, and need no deb-src entry.
 */
export class SourceArchive {
  readonly #folder: string;

  /**
   * Loads the mirror's index.
   *
   * @param folder an empty one, for the index and the downloads
   * @throws an error that names what is missing, or says what apt said
   */
  constructor(folder: string) {
    this.#folder = folder;
    for (const part of ["lists/partial", "archives/partial"])
      mkdirSync(join(folder, part), { recursive: true });
    const mirror = machineMirror();
    writeFileSync(
      join(folder, "sources.list"),
      SUITES.map((suite) => `deb-src [signed-by=${KEYRING}] ${mirror} ${suite} main\n`).join(""),
    );
    writeFileSync(
      join(folder, "apt.conf"),
      `Dir::Etc::sourcelist "${join(folder, "sources.list")}";
Dir::Etc::sourceparts "-";
Dir::State::lists "${join(folder, "lists")}";
Dir::Cache "${folder}";
APT::Sandbox::User "root";
Acquire::Retries "3";
`,
    );
    this.#apt("apt-get", "update", "-qq");
  }

  /** The versions of a source package that the index holds, in Debian's notation. */
  versions(pkg: string): string[] {
    return [...this.#apt("apt-cache", "showsrc", pkg).matchAll(/^Version: (\S+)/gm)].map(([, each]) => each!);
  }

  /**
   * Downloads the original tarball of a source package, and nothing else of it; its checksum is the index's.
   *
   * @returns its path
   * @throws what apt said: an index may name what the mirror no longer holds, or doesn't hold yet
   */
  tarball(pkg: string, version: string): string {
    const files = this.#apt("apt-get", "source", "--print-uris", "-qq", `${pkg}=${version}`);
    // 'http://mirror/debian/pool/…/nodejs_20.19.2%2bdfsg.orig.tar.xz' nodejs_20.19.2+dfsg.orig.tar.xz 19886184 SHA256:…
    const original = /^'(\S+)' (\S+\.orig\.tar\.\w+) \d+ (\S+:\S+)$/m.exec(files);
    if (!original) throw new Error(`Debian's source package ${pkg} ${version} has no original tarball`);
    const [, address, name, checksum] = original;
    const target = join(this.#folder, name!);
    this.#apt("/usr/lib/apt/apt-helper", "download-file", address!, target, checksum!);
    return target;
  }

  #apt(program: string, ...args: string[]): string {
    try {
      return execFileSync(program, args, {
        cwd: this.#folder,
        env: { ...process.env, APT_CONFIG: join(this.#folder, "apt.conf"), LC_ALL: "C" },
        encoding: "utf8",
        stdio: ["ignore", "pipe", "pipe"],
        maxBuffer: 1 << 26,
      });
    } catch (error) {
      const said = String((error as { stderr?: unknown }).stderr ?? "").trim();
      throw new Error(`${program} ${args.join(" ")}: ${said || (error as Error).message}`, { cause: error });
    }
  }
}

function machineMirror(): string {
  const files = ["/etc/apt/sources.list", ...filesIn("/etc/apt/sources.list.d")].filter(existsSync);
  const text = files.map((file) => readFileSync(file, "utf8")).join("\n");
  const mirror = /^[^#\n]*?(https?:\/\/\S+\/debian)(?=[/\s]|$)/m.exec(text)?.[1];
  if (!mirror)
    throw new Error("no Debian mirror in /etc/apt: Node's tests come from Debian's source package");
  if (!existsSync(KEYRING)) throw new Error(`no ${KEYRING}: apt-get install debian-archive-keyring`);
  return mirror;
}

function filesIn(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => /\.(?:list|sources)$/.test(name))
    .map((name) => join(folder, name));
}
