import { connect, isIP, type Socket } from "node:net";
import { Refusal, refusalOf, Reply } from "./errors";

/**
 * Connects to the first of `addresses` that answers (Happy Eyeballs, RFC 8305, as Node does it).
 * @param timeout for all of them together, in milliseconds.
 */
export function dial(
  addresses: string[],
  port: number,
  timeout: number,
  signal: AbortSignal,
): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const found = addresses.map((address) => ({ address, family: isIP(address) }));
    const remote = connect({
      host: "destination.invalid",
      port,
      allowHalfOpen: true,
      autoSelectFamily: true,
      // The rules have been applied to these addresses and no others.
      lookup: (_name, options, callback) =>
        options.all ? callback(null, found) : callback(null, found[0]!.address, found[0]!.family),
    });
    const fail = (refusal: Refusal) => {
      stop();
      remote.on("error", () => {}).destroy();
      reject(refusal);
    };
    const timer = setTimeout(
      () => fail(new Refusal(Reply.TtlExpired, `no answer within ${timeout} ms`)),
      timeout,
    );
    const onAbort = () => fail(new Refusal(Reply.GeneralFailure, "the client went away"));
    const onError = (error: Error) => fail(refusalOf(error));
    const stop = () => {
      clearTimeout(timer);
      signal.removeEventListener("abort", onAbort);
      remote.off("error", onError);
    };
    signal.addEventListener("abort", onAbort);
    remote.once("error", onError).once("connect", () => {
      stop();
      resolve(remote);
    });
    if (signal.aborted) onAbort();
  });
}
