import type { Reporter } from "./reporter.js";

/** The report itself; its contract is report.schema.json. */
export const json: Reporter = {
  name: "json",
  summary: "the whole report, by the schema tsocksify/schema/report.json",
  isForPrograms: true,
  render: ({ report }) => `${JSON.stringify(report, undefined, 2)}\n`,
};
