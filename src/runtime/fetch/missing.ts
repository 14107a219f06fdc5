/**
 * @param name the class that is missing
 * @param remedy which Node has it, as a sentence
 */
export function missing(name: string, remedy: string): Error {
  const message = `Node ${process.version} has no ${name}, and the npm package undici is not installed. ${remedy}`;
  return Object.assign(new Error(message), { code: "ERR_SOCKS_UNDICI" });
}
