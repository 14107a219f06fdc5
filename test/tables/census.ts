import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { nodeBinary, type SupportedMajor } from "../support/node-versions.js";

/** What one Node offers, as census.mjs tells it. */
export interface Census {
  readonly node: string;
  /** By the module's name without `node:`, and the export's. */
  readonly modules: Record<string, Readonly<Record<string, Offer>>>;
  readonly globals: Record<string, Offer>;
  /** The modules that are only to be had as `node:…`. */
  prefixed: readonly string[];
}

/** An export, or a global. */
export interface Offer {
  /** `module`: it is a whole module, `of`; `written`: only its name is known; otherwise what `typeof` says. */
  readonly kind: string;
  readonly of?: string;
  /** Static members and those of instances; `a.b` for a member of a member. */
  readonly members: readonly string[];
}

/** What hides modules and globals. A Node that does not know one does not have what it hides. */
const flags = [
  "--experimental-bench",
  "--experimental-dtls",
  "--experimental-eventsource",
  "--experimental-ffi",
  "--experimental-quic",
  "--experimental-shadow-realm",
  "--experimental-sqlite",
  "--experimental-stream-iter",
  "--experimental-vfs",
  "--experimental-vm-modules",
  "--experimental-web-worker",
  "--experimental-websocket",
  "--experimental-webstorage",
];

/**
 * @param major the release line whose Node is asked, with everything that flags hide
 * @throws where that Node is not to be had
 */
export function takeCensus(major: SupportedMajor): Census {
  const node = nodeBinary(major);
  const known = JSON.parse(run(node, ["-p", "JSON.stringify([...process.allowedNodeEnvironmentFlags])"]));
  const usable = flags.filter((flag) => (known as string[]).includes(flag));
  return JSON.parse(run(node, [...usable, "--no-warnings", join(__dirname, "census.mjs")])) as Census;
}

function run(node: string, args: readonly string[]): string {
  const env = { ...process.env, NODE_OPTIONS: "" };
  return execFileSync(node, args, { encoding: "utf8", env, stdio: ["ignore", "pipe", "ignore"] });
}
