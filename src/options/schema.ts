/** The part of JSON Schema that options need. */
export type OptionSchema =
  | { readonly type: "string"; readonly minLength?: number }
  | { readonly type: "boolean" }
  | { readonly type: "integer"; readonly minimum: number }
  | { readonly enum: readonly string[] }
  | { readonly type: "array"; readonly items: { readonly type: "string"; readonly minLength?: number } };

/** Does the value fit? */
export function fits(schema: OptionSchema, value: unknown): boolean {
  if ("enum" in schema) return typeof value === "string" && schema.enum.includes(value);
  switch (schema.type) {
    case "string":
      return typeof value === "string" && value.length >= (schema.minLength ?? 0);
    case "boolean":
      return typeof value === "boolean";
    case "integer":
      return Number.isSafeInteger(value) && (value as number) >= schema.minimum;
    case "array":
      return Array.isArray(value) && value.every((item) => fits(schema.items, item));
  }
}

/** What would fit, for a message: `"warn" or "ignore"`. */
export function expected(schema: OptionSchema): string {
  if ("enum" in schema) return schema.enum.map((value) => JSON.stringify(value)).join(" or ");
  switch (schema.type) {
    case "string":
      return "a string";
    case "boolean":
      return "true or false";
    case "integer":
      return `a whole number from ${schema.minimum}`;
    case "array":
      return "a list of strings";
  }
}
