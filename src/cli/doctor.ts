import { InvalidArgumentError } from "commander";
import { createColors } from "picocolors";
import { check, type Check, type CheckGroup } from "../doctor/check.js";
import { configurationChecks } from "../doctor/configuration.js";
import { projectChecks } from "../doctor/project.js";
import { serverChecks } from "../doctor/server.js";
import { namer } from "../project/slashes.js";
import { InputError } from "../project/input-error.js";
import { loadRuntime, runtimeOf } from "../project/runtime.js";
import { wrapped } from "../reporters/columns.js";
import { readEndpoint, type Endpoint } from "./endpoint.js";
import { helpText } from "./help-text.js";
import type { SetUp } from "./main.js";
import { Progress } from "./progress.js";
import { repeated } from "./selection.js";
import { readingConfiguration } from "./socks-configuration.js";
import { terminal } from "./terminal.js";

interface DoctorFlags {
  readonly project?: readonly string[];
  readonly target?: string;
  readonly timeout: number;
  readonly json?: true;
}

/** The questions to a proxy come in this many rounds, one after the other. */
const ROUNDS = 4;

const epilogue = `
  tsocksify doctor
  tsocksify doctor --target db.example:5432
  SOCKS_SERVER=socks5://gate:1080 tsocksify doctor --json

Without --target nothing is connected to through the proxies: they are asked for a name that can't exist, for port 0,
and for a port of their own (BIND), which is closed at once. What that can't tell is said to be unknown. With a target,
a connection to it is opened and closed; nothing is sent.

The configuration is that of this environment; what a program gives to SOCKSinit can't be seen from here.

Exit codes: 0 nothing failed; 1 something failed; 2 wrong use.`;

/** `tsocksify doctor`: what is configured, and does it work. */
export const setUp: SetUp = (command, finish) => {
  command
    .option("-p, --project <tsconfig>", "a tsconfig.json or its folder; may be repeated", repeated)
    .option("--target <host:port>", "a destination to connect to through each proxy")
    .option("--timeout <seconds>", "for all questions to the proxies together", seconds, 20)
    .option("--json", "for programs, by the schema tsocksify/schema/doctor.json")
    .addHelpText("after", helpText(epilogue))
    .action(async (flags: DoctorFlags) => finish(await run(flags)));
};

async function run({ project = [], target, timeout, json }: DoctorFlags): Promise<number> {
  const cwd = process.cwd();
  const endpoint = target === undefined ? undefined : readEndpoint(target);
  const progress = new Progress();
  const own: CheckGroup = {
    about: "project",
    title: "Project",
    checks: projectChecks(cwd, project, namer(cwd)),
  };
  progress.show("Asking the proxies …");
  const groups = [...(runtimeOf(cwd) ? await proxyGroups(cwd, endpoint, timeout) : []), own];
  progress.clear();
  process.stdout.write(json ? jsonOf(groups) : textOf(groups));
  return groups.some(({ checks }) => checks.some(({ status }) => status === "fail")) ? 1 : 0;
}

async function proxyGroups(
  cwd: string,
  target: Endpoint | undefined,
  seconds: number,
): Promise<CheckGroup[]> {
  const { configuration } = loadRuntime(cwd, "routes");
  const { probe } = loadRuntime(cwd, "probe");
  const group = { about: "configuration", title: "Configuration" } as const;
  try {
    const found = readingConfiguration(configuration);
    const timeout = (seconds * 1000) / ROUNDS;
    const probes = await probe({ ...(target && { target }), timeout });
    return [
      { ...group, checks: configurationChecks(found) },
      ...probes.map((each) => ({
        about: "proxy" as const,
        title: `Proxy ${each.server.url}`,
        checks: serverChecks(each),
      })),
    ];
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return [{ ...group, checks: [check("fail", "configuration", error.message)] }];
  }
}

function jsonOf(groups: readonly CheckGroup[]): string {
  return `${JSON.stringify({ version: 1, groups }, undefined, 2)}\n`;
}

const signs = { ok: "✔", note: "·", warn: "!", fail: "✖" } as const;

function textOf(groups: readonly CheckGroup[]): string {
  const { color, width } = terminal(process.stdout);
  const colors = createColors(color);
  const paint = { ok: colors.green, note: colors.dim, warn: colors.yellow, fail: colors.red };
  const lines = ({ status, text, remedy }: Check): string[] => [
    ...wrapped(text, width - 4).map((line, index) =>
      index === 0 ? `  ${paint[status](signs[status])} ${line}` : `    ${line}`,
    ),
    ...(remedy === undefined
      ? []
      : wrapped(remedy, width - 6).map(
          (line, index) => `    ${index === 0 ? colors.cyan("→") : " "} ${line}`,
        )),
  ];
  const all = groups.flatMap(({ checks }) => checks);
  const number = (status: Check["status"]): number => all.filter((each) => each.status === status).length;
  const verdict =
    number("fail") > 0
      ? colors.red(`✖ ${number("fail")} failed`)
      : number("warn") > 0
        ? colors.yellow("! nothing failed")
        : colors.green("✔ all is well");
  const warnings = number("warn");
  return [
    ...groups.flatMap(({ title, checks }) => [colors.bold(title), ...checks.flatMap(lines), ""]),
    `${verdict}${warnings > 0 ? `, ${warnings} warning${warnings === 1 ? "" : "s"}` : ""}`,
    "",
  ].join("\n");
}

function seconds(text: string): number {
  const value = Number(text);
  if (!(value > 0) || value > 3600)
    throw new InvalidArgumentError("A number of seconds above 0, at most 3600, is expected.");
  return value;
}
