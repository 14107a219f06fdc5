import assert from "node:assert/strict";
import { cp } from "node:fs/promises";
import { join } from "node:path";
import { Project } from "../support/project";

/** What every-api tells of one API. */
export interface Result {
  answer?: string;
  error?: Told;
}

export interface Told {
  code?: string;
  message: string;
  address?: string;
  port?: number;
  proxy?: string;
  remedy?: string;
  stack: string;
  cause?: Told;
}

/** The program every-api, compiled with the plugin to dist/ and without it to plain/. */
export async function compileEveryApi(): Promise<Project> {
  const project = await Project.create({ "package.json": '{ "type": "module" }' });
  await cp(join(__dirname, "program"), join(project.directory, "src"), { recursive: true });
  // The WebSocket class is no part of Node 20's types.
  const options = { module: "nodenext", strict: true, lib: ["es2023", "dom"], rootDir: "src" };
  const { code, stdout, report } = await project.compile({ ...options, outDir: "dist" });
  assert.equal(code, 0, stdout);
  assert.equal(report.tally.callSites, report.tally.rewritten + report.tally.irrelevant, stdout);
  const plain = await project.compilePlainly({ ...options, outDir: "plain" });
  assert.equal(plain.code, 0, plain.stdout);
  return project;
}
