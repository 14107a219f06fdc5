import { execFileSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";

const cache = join(__dirname, "../../.cache/node");

/** Releases of Debian whose source package of nodejs is one of the release lines we support. */
const SUITES = { 20: "trixie", 22: "sid", 24: "forky" } as const;

export type SourceMajor = keyof typeof SUITES;

/**
 * Node's own tests, from Debian's source package of nodejs, which is downloaded on first use into a cache outside
 * git. What is used is `test/parallel`, `test/common` and `test/fixtures`.
 *
 * @param major the release line
 * @returns the folder `test` of its source
 * @throws what apt said, where there is no apt or no mirror
 */
export function nodeTests(major: SourceMajor): string {
  const home = join(cache, `v${major}`);
  if (!existsSync(home)) {
    mkdirSync(cache, { recursive: true });
    const draft = mkdtempSync(join(cache, "draft-"));
    try {
      unpack(download(SUITES[major], major, draft), join(draft, "source"));
      renameSync(join(draft, "source"), home);
    } finally {
      rmSync(draft, { recursive: true, force: true });
    }
  }
  return join(home, "test");
}

/** apt with a configuration of its own, so that the machine's package lists stay as they are. */
function download(suite: string, major: number, folder: string): string {
  for (const part of ["lists/partial", "archives/partial"])
    mkdirSync(join(folder, part), { recursive: true });
  const { mirror, keyring } = machineMirror();
  writeFileSync(join(folder, "sources.list"), `deb-src [signed-by=${keyring}] ${mirror} ${suite} main\n`);
  writeFileSync(
    join(folder, "apt.conf"),
    `Dir::Etc::sourcelist "${join(folder, "sources.list")}";
Dir::Etc::sourceparts "-";
Dir::State::lists "${join(folder, "lists")}";
Dir::Cache "${folder}";
APT::Sandbox::User "root";
`,
  );
  const apt = (program: string, ...args: string[]): string =>
    execFileSync(program, args, {
      cwd: folder,
      env: { ...process.env, APT_CONFIG: join(folder, "apt.conf") },
      encoding: "utf8",
      stdio: ["ignore", "pipe", "inherit"],
    });
  apt("apt-get", "update", "-qq");
  const versions = [...apt("apt-cache", "showsrc", "nodejs").matchAll(/^Version: (\S+)/gm)].map(
    ([, v]) => v!,
  );
  const version = versions.find((each) => each.startsWith(`${major}.`));
  if (!version) throw new Error(`Debian ${suite} has nodejs ${versions.join(", ")}, and not ${major}`);
  apt("apt-get", "source", "--download-only", "-qq", `nodejs=${version}`);
  const tarball = readdirSync(folder).find((name) => /^nodejs_.*\.orig\.tar\.\w+$/.test(name));
  if (!tarball) throw new Error(`the source package nodejs ${version} has no original tarball`);
  return join(folder, tarball);
}

/** The Debian mirror that this machine is set up with. */
function machineMirror(): { mirror: string; keyring: string } {
  const files = ["/etc/apt/sources.list", ...inFolder("/etc/apt/sources.list.d")].filter(existsSync);
  const text = files.map((file) => readFileSync(file, "utf8")).join("\n");
  const mirror = /^[^#\n]*?(https?:\/\/\S+\/debian)(?=[/\s]|$)/m.exec(text)?.[1];
  if (!mirror)
    throw new Error("no Debian mirror in /etc/apt: Node's tests come from Debian's source package");
  return { mirror, keyring: "/usr/share/keyrings/debian-archive-keyring.gpg" };
}

function inFolder(folder: string): string[] {
  return existsSync(folder)
    ? readdirSync(folder)
        .filter((name) => /\.(?:list|sources)$/.test(name))
        .map((name) => join(folder, name))
    : [];
}

function unpack(tarball: string, folder: string): void {
  mkdirSync(folder);
  const wanted = ["parallel", "common", "fixtures"].map((part) => `*/test/${part}`);
  const options = ["--strip-components=1", "--wildcards", ...wanted];
  execFileSync("tar", ["-xf", tarball, "-C", folder, ...options], { stdio: "inherit" });
}
