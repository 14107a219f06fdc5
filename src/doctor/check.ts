/** Something that was looked at. */
export interface Check {
  /**
   * - `ok`: as it should be.
   * - `note`: so it is, or it was not asked; neither right nor wrong.
   * - `warn`: likely not meant so.
   * - `fail`: does not work.
   */
  readonly status: "ok" | "note" | "warn" | "fail";
  /** What it is about, a stable name for programs. */
  readonly id: string;
  readonly text: string;
  /** What to do. */
  readonly remedy?: string;
}

/** Checks of one thing: the configuration, a proxy, the project. */
export interface CheckGroup {
  readonly title: string;
  readonly checks: readonly Check[];
}

export function check(status: Check["status"], id: string, text: string, remedy?: string): Check {
  return { status, id, text, ...(remedy !== undefined && { remedy }) };
}
