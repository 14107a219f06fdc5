import { detected } from "./detected.js";
import { dispatch } from "./dispatch.js";
import { method } from "./method.js";
import { of } from "./of.js";
import { reference } from "./reference.js";
import type { Shape } from "./shape.js";
import { shorthand } from "./shorthand.js";
import { specifier } from "./specifier.js";
import { superCall } from "./super.js";

export const shapes = {
  reference,
  detected,
  dispatch,
  method,
  super: superCall,
  of,
  shorthand,
  specifier,
} as const satisfies Record<string, Shape>;
