import type { Colors } from "picocolors/types.js";
import type { Dependency, Opening } from "../deps/index.js";
import type { LintReport } from "../hosts/lint/run.js";
import type { Style } from "./reporter.js";
import { tableLines } from "./table.js";

const head = ["package", "version", "what", "where", "verdict"];

/** So many call sites of a row are shown. */
const SHOWN = 3;

/** What the packages that the project reaches do by themselves: a row for each verdict on each of them. */
export function dependencyTable({ dependencies }: LintReport, { width }: Style, colors: Colors): string[][] {
  if (!dependencies) return [];
  const rows = dependencies.flatMap((each) => each.opens.map((opening) => rowOf(each, opening)));
  const quiet = dependencies.filter(({ opens }) => opens.length === 0).length;
  const opening = dependencies.length - quiet;
  const count = `${dependencies.length} ${dependencies.length === 1 ? "package" : "packages"} reached: `;
  const told = `${count}${opening} with rows here, ${quiet} that open nothing`;
  if (rows.length === 0) return [[colors.underline("Dependencies"), "", told]];
  const [first, ...rest] = tableLines([head, ...rows], width);
  return [[colors.underline("Dependencies"), "", colors.bold(first!), ...rest, "", told]];
}

function rowOf({ name, version = "" }: Dependency, { sites, reason }: Opening): string[] {
  const shown = sites.slice(0, SHOWN);
  const what = [...new Set(shown.map(({ text }) => text))].join(", ");
  const where = [...new Set(shown.map(({ file, line }) => `${file}:${line}`))].join(" ");
  const more = sites.length > SHOWN ? ` +${sites.length - SHOWN}` : "";
  return [name, version, what, `${where}${more}`, reason];
}
