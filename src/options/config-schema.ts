import { fileOptions, type Option } from "./options.js";

/** The JSON Schema of the configuration file; `config.schema.json` beside this file is this, written out. */
export function configSchema(): object {
  const properties = Object.entries<Option>(fileOptions).map(([name, { schema, description }]) => [
    name,
    { description, ...schema },
  ]);
  return {
    $schema: "http://json-schema.org/draft-07/schema#",
    title: "Configuration of tsocksify",
    type: "object",
    additionalProperties: false,
    properties: { $schema: { type: "string" }, ...Object.fromEntries(properties) },
  };
}
