import type { SessionRecord } from "./record";

/** One line on one ended session, `key=value`, without a password. */
export function logLine(record: SessionRecord): string {
  const fields: Record<string, string | number | undefined> = {
    client: record.client,
    socks: record.version,
    command: record.command,
    user: record.user,
    destination: record.destination,
    peer: record.peer,
    reply: record.reply,
    up: record.bytesUp,
    down: record.bytesDown,
    ms: (record.endedAt ?? Date.now()) - record.startedAt,
    error: record.error,
  };
  const text = Object.entries(fields)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => `${key}=${quoted(value!)}`);
  return [new Date(record.startedAt).toISOString(), `#${record.id}`, ...text].join(" ");
}

/** What a client sends must not be able to forge a line of the log. */
function quoted(value: string | number): string {
  return /^[\w.:*[\]-]+$/.test(String(value)) ? String(value) : JSON.stringify(value);
}
