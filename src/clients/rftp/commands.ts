import { open, rename, rm } from "node:fs/promises";
import { basename } from "node:path";
import { ReplyError, type Reply } from "./reply.js";
import type { Session } from "./session.js";

/** Where a command gets what it needs. */
export interface Context {
  session: Session;
  /** Asks the user; "" where there is nobody to ask. */
  ask(question: string, hidden?: boolean): Promise<string>;
  print(text: string): void;
  /** An answer of the server that the user has asked for, where the session does not show all of them. */
  show(reply: Reply): void;
}

/** A command of the user's. */
export interface Command {
  readonly usage: string;
  readonly summary: string;
  /** @param args as many as `usage` names; those in brackets may be missing */
  run(context: Context, ...args: string[]): Promise<void> | void;
}

/** The server's answer to a command that it is passed, as it is. */
const passOn =
  (verb: string): Command["run"] =>
  async ({ session }, ...args) =>
    void (await session.control.command([verb, ...args].join(" "), 2));

const list =
  (verb: string): Command["run"] =>
  ({ session }, ...args) =>
    session.receive([verb, ...args].join(" "), "A", process.stdout);

export const commands: Readonly<Record<string, Command>> = {
  open: {
    usage: "host [port]",
    summary: "connect to a server",
    async run({ session }, host, port = "21") {
      if (!/^\d+$/.test(port)) throw new ReplyError(`${port} is no port`);
      await session.open(host!, Number(port));
    },
  },
  user: {
    usage: "name [password]",
    summary: "log in",
    run: ({ session, ask }, name, password) =>
      session.login(name!, async () => password ?? ask("Password: ", true)),
  },
  ls: { usage: "[path]", summary: "list a folder", run: list("LIST") },
  dir: { usage: "[path]", summary: "the same", run: list("LIST") },
  nlist: { usage: "[path]", summary: "names alone", run: list("NLST") },
  cd: { usage: "path", summary: "change the server's folder", run: passOn("CWD") },
  pwd: {
    usage: "",
    summary: "tell the server's folder",
    run: async ({ session, show }) => show(await session.control.command("PWD", 2)),
  },
  lcd: { usage: "path", summary: "change the folder here", run: (_, path) => process.chdir(path!) },
  get: {
    usage: "remote [local]",
    summary: 'fetch a file; "-" is standard output',
    run: ({ session }, remote, local = basename(remote!)) => get(session, remote!, local),
  },
  put: {
    usage: "local [remote]",
    summary: "send a file",
    async run({ session }, local, remote = basename(local!)) {
      // A file that cannot be read is known before the server is told to replace its own.
      const file = await open(local!);
      try {
        await session.send(`STOR ${remote}`, session.type, file.createReadStream());
      } finally {
        await file.close();
      }
    },
  },
  delete: { usage: "path", summary: "delete a file at the server", run: passOn("DELE") },
  mkdir: { usage: "path", summary: "make a folder at the server", run: passOn("MKD") },
  binary: { usage: "", summary: "files as they are", run: ({ session }) => void (session.type = "I") },
  ascii: {
    usage: "",
    summary: "files are text: lines end as here",
    run: ({ session }) => void (session.type = "A"),
  },
  passive: {
    usage: "[on|off]",
    summary: "whether the server listens for data, or connects back to us",
    run({ session, print }, state) {
      if (state !== undefined && state !== "on" && state !== "off")
        throw new ReplyError("passive on, or off");
      session.passive = state === undefined ? !session.passive : state === "on";
      print(`Passive mode ${session.passive ? "on" : "off"}.`);
    },
  },
  quote: {
    usage: "command...",
    summary: "have the server do it, word for word",
    run: async ({ session, show }, ...words) => show(await session.control.command(words.join(" "), 2, 3)),
  },
  close: { usage: "", summary: "end the connection", run: ({ session }) => session.close() },
};

/** Into a file that is there in whole or not at all. */
async function get(session: Session, remote: string, local: string): Promise<void> {
  if (local === "-") return session.receive(`RETR ${remote}`, session.type, process.stdout);
  const part = `${local}.${process.pid}.part`;
  const file = await open(part, "wx");
  try {
    await session.receive(`RETR ${remote}`, session.type, file.createWriteStream());
    await rename(part, local);
  } finally {
    await file.close();
    await rm(part, { force: true });
  }
}
