import { isAbsolute, resolve } from "node:path";
import { namer } from "../project/slashes.js";
import type { Reporter } from "./reporter.js";

/**
 * Annotations of GitHub Actions: one workflow command a line.
 * https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
 */
export const github: Reporter = {
  name: "github",
  summary: "annotations of GitHub Actions; chosen by itself there",
  isForPrograms: false,
  render({ report }) {
    const { tally, findings, problems } = report;
    const lines = findings
      .filter(({ suppressed }) => !suppressed)
      .map(({ severity, file, line, column, endLine, endColumn, code, message }) =>
        command(
          severity,
          { file: inRepository(file), line, endLine, col: column, endColumn, title: code },
          message,
        ),
      );
    for (const { file, line, column, message } of problems)
      lines.push(
        command("error", { file: inRepository(file), line, col: column, title: "not looked at" }, message),
      );
    const { callSites, rewritten, reported, irrelevant } = tally;
    lines.push(
      `tsocksify: ${callSites} call sites: ${rewritten} rewritten, ${reported} reported, ${irrelevant} irrelevant`,
    );
    return `${lines.join("\n")}\n`;
  },
};

/** A job may run below the folder that the repository is in, and paths are that folder's. */
function inRepository(file: string): string {
  const { GITHUB_WORKSPACE: workspace } = process.env;
  if (!workspace) return file;
  const path = namer(workspace)(resolve(file));
  return path.startsWith("..") || isAbsolute(path) ? file : path;
}

function command(
  name: string,
  properties: Readonly<Record<string, string | number | undefined>>,
  message: string,
): string {
  const list = Object.entries(properties)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => `${key}=${escapeProperty(String(value))}`);
  return `::${name} ${list.join(",")}::${escapeData(message)}`;
}

/** As @actions/core writes them. */
function escapeData(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
