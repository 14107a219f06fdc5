import { classified, globalTable, type HolderRow, type Row } from "../../src/tables/index.js";

export interface PlacedRow {
  /** `net.Socket.connect` */
  readonly where: string;
  readonly row: Row | HolderRow;
}

/** Every row of every table: of modules and globals, of their members, and of the members of these. */
export function allRows(): PlacedRow[] {
  const rows = classified.flatMap(({ module, exports, whole }) => [
    ...below(module, exports),
    ...(whole ? [{ where: module, row: whole }] : []),
  ]);
  return [...rows, ...below("globalThis", globalTable.globals)];
}

function below(where: string, rows: Readonly<Record<string, Row | HolderRow>> = {}): PlacedRow[] {
  return Object.entries(rows).flatMap(([name, row]) => {
    const here = `${where}.${name}`;
    return [{ where: here, row }, ...below(here, row.members), ...below(here, row.statics)];
  });
}
