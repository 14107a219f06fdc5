import { github } from "./github.js";
import { json } from "./json.js";
import { junit } from "./junit.js";
import { pretty } from "./pretty.js";
import type { Reporter } from "./reporter.js";
import { sarif } from "./sarif.js";

export const reporters: readonly Reporter[] = [pretty, json, sarif, github, junit];

export type * from "./reporter.js";
