import { connect, type Socket } from "node:net";
import { Refusal, Reply } from "./errors";

/** RFC 1413 §3: a reply is at most 1000 characters. */
const longestReply = 1000;

/**
 * Asks the client's host who owns its connection to us (RFC 1413), and compares with the SOCKS4 USERID.
 * @param port of the client's identd, 113 but for tests.
 * @param timeout in milliseconds.
 * @throws Refusal 92 if there is no identd that tells, 93 if it tells another user.
 */
export async function identify(client: Socket, userid: string, port: number, timeout: number): Promise<void> {
  const owner = await ask(client, port, timeout).catch((error: Error) => {
    throw new Refusal(Reply.NotAllowed, `identd of ${client.remoteAddress}: ${error.message}`, 92);
  });
  if (owner !== userid)
    throw new Refusal(
      Reply.NotAllowed,
      `USERID is ${JSON.stringify(userid)}, identd tells ${JSON.stringify(owner)}`,
      93,
    );
}

function ask(client: Socket, port: number, timeout: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const { remoteAddress, remotePort, localAddress, localPort } = client;
    const identd = connect({ host: remoteAddress!, port, localAddress: localAddress! });
    const fail = (error: Error) => {
      identd.destroy();
      reject(error);
    };
    let reply = "";
    identd.setTimeout(timeout, () => fail(new Error("no answer")));
    identd.on("error", fail).on("close", () => fail(new Error("no answer")));
    identd.write(`${remotePort},${localPort}\r\n`);
    identd.on("data", (chunk) => {
      reply += chunk.toString("latin1");
      if (reply.length > longestReply) return fail(new Error("too long an answer"));
      if (!reply.includes("\n")) return;
      // "6193, 23 : USERID : UNIX : stjohns": what follows the third colon is the name, octet by octet.
      const owner = /^\s*\d+\s*,\s*\d+\s*:\s*USERID\s*:[^:]*:(.*?)\r?\n/.exec(reply)?.[1];
      if (owner === undefined) return fail(new Error(JSON.stringify(reply.trim())));
      resolve(owner.trimStart());
      identd.destroy();
    });
  });
}
