import { commands, type Command, type Context } from "./commands.js";
import { ReplyError } from "./reply.js";
import { words } from "./words.js";

/** Other names. */
const aliases: Readonly<Record<string, string>> = {
  bye: "quit",
  exit: "quit",
  "?": "help",
  bin: "binary",
  asc: "ascii",
};

/**
 * Carries out a line of the user's.
 *
 * @returns whether another one may follow
 * @throws what went wrong
 */
export async function interpret(line: string, context: Context): Promise<boolean> {
  const [name, ...args] = words(line);
  if (name === undefined || name.startsWith("#")) return true;
  const full = aliases[name] ?? name;
  if (full === "quit") {
    await context.session.close();
    return false;
  }
  if (full === "help") {
    context.print(help());
    return true;
  }
  const command = Object.hasOwn(commands, full) ? commands[full] : undefined;
  if (!command) throw new ReplyError(`${name}: no such command; help lists them`);
  expectArguments(full, command, args);
  await command.run(context, ...args);
  return true;
}

function expectArguments(name: string, { usage }: Command, args: readonly string[]): void {
  const places = usage === "" ? [] : usage.split(" ");
  const least = places.filter((place) => !place.startsWith("[")).length;
  const most = usage.endsWith("...") ? Infinity : places.length;
  if (args.length < least || args.length > most) throw new ReplyError(`usage: ${name} ${usage}`.trim());
}

export function help(): string {
  const rows = [...Object.entries(commands), ["quit", { usage: "", summary: "end" }] as const];
  return rows.map(([name, { usage, summary }]) => `${`${name} ${usage}`.padEnd(22)} ${summary}`).join("\n");
}
