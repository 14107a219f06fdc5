import type { GlobalTable, HolderRow, ModuleTable, Row } from "../../src/tables/index.js";
import type { Census, Offer } from "./census.js";

/** What a table has looked at: `connect`, `Socket`, `Socket.connect` … */
export function namesOf(table: ModuleTable): string[] {
  const rows = Object.entries(table.exports).flatMap(([name, row]) => [name, ...below(name, membersOf(row))]);
  const members = Object.entries(table.inertMembers ?? {}).flatMap(([name, list]) => below(name, list));
  return [...rows, ...table.inert, ...members, ...Object.keys(table.aliases ?? {})];
}

export function globalNamesOf(table: GlobalTable): string[] {
  return [...Object.keys(table.globals), ...table.inert, ...Object.keys(table.aliases ?? {})];
}

/** What a Node has, in the same terms. A number can't be called, and which there are depends on the platform. */
export function offeredBy(census: Census, module: string): string[] {
  return Object.entries(census.modules[module] ?? {}).flatMap(([name, offer]) => offered(name, offer));
}

export function numbersOf(census: Census, module: string): string[] {
  const offers = Object.entries(census.modules[module] ?? {});
  return offers.filter(([, { kind }]) => kind === "number").map(([name]) => name);
}

function offered(name: string, { kind, members }: Offer): string[] {
  return kind === "number" ? [] : [name, ...below(name, members)];
}

function membersOf({ members, statics, inertMembers }: Row | HolderRow): string[] {
  return [...Object.keys(members ?? {}), ...Object.keys(statics ?? {}), ...(inertMembers ?? [])];
}

function below(name: string, members: readonly string[]): string[] {
  return members.map((member) => `${name}.${member}`);
}
