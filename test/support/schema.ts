import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import Ajv, { type ValidateFunction } from "ajv";

const compiled = new Map<string, ValidateFunction>();

/** A JSON schema of ours, as users find it in the package: `tsocksify/schema/NAME.json`. */
export function schemaOf(name: "doctor" | "report" | "route"): object {
  return JSON.parse(readFileSync(require.resolve(`tsocksify/schema/${name}.json`), "utf8")) as object;
}

/** @param text JSON that a command has written */
export function assertKeepsTo(name: Parameters<typeof schemaOf>[0], text: string): void {
  const validate = compiled.get(name) ?? new Ajv().compile(schemaOf(name));
  compiled.set(name, validate);
  assert.ok(validate(JSON.parse(text)), JSON.stringify(validate.errors));
}
