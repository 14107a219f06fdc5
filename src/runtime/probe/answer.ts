/** What came out of one question to a proxy. */
export interface Answer {
  /** "unknown": it was not asked, or the answer says nothing. */
  answer: "yes" | "no" | "unknown";
  /** What happened, as a clause; never a password. */
  reason: string;
  /** What to change, where something should be. */
  remedy?: string;
}

export function yes(reason: string): Answer {
  return { answer: "yes", reason };
}

export function no(reason: string, remedy?: string): Answer {
  return { answer: "no", reason, ...(remedy !== undefined && { remedy }) };
}

export function unknown(reason: string, remedy?: string): Answer {
  return { answer: "unknown", reason, ...(remedy !== undefined && { remedy }) };
}
