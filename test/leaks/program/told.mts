/** What an error says, in JSON: also the text of its stack, in which no password may be. */
export function told(error: unknown): object {
  const { code, message, cause, address, port, proxy, remedy, stack } = error as Error &
    Record<string, unknown>;
  return { code, message, address, port, proxy, remedy, stack, ...(cause ? { cause: told(cause) } : {}) };
}
