/** What checks are about: stable names for programs, which doctor.schema.json lists. */
export const checkIds = [
  // a proxy
  "reachable",
  "not-asked",
  "version",
  "socks4",
  "socks4a",
  "socks5",
  "methods",
  "credentials",
  "connect",
  "bind",
  "names",
  "target",
  // the configuration
  "configuration",
  "server",
  "rule",
  "passed-over",
  "timeout",
  // the project
  "runtime",
  "runtime-dependency",
  "runtime-copies",
  "SOCKS1101",
  "ts-patch",
  "plugin",
  "plain-tsc",
  "direct-outputs",
  "host",
] as const;
export type CheckId = (typeof checkIds)[number];

/** Something that was looked at. */
export interface Check {
  /**
   * - `ok`: as it should be.
   * - `note`: so it is, or it was not asked; neither right nor wrong.
   * - `warn`: likely not meant so.
   * - `fail`: does not work.
   */
  readonly status: "ok" | "note" | "warn" | "fail";
  readonly id: CheckId;
  readonly text: string;
  /** What to do. */
  readonly remedy?: string;
}

/** Checks of one thing: the configuration, a proxy, the project. */
export interface CheckGroup {
  readonly about: "configuration" | "proxy" | "project";
  readonly title: string;
  readonly checks: readonly Check[];
}

export function check(status: Check["status"], id: CheckId, text: string, remedy?: string): Check {
  return { status, id, text, ...(remedy !== undefined && { remedy }) };
}
