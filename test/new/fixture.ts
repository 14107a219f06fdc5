import type { Kind } from "./scaffold.js";

/** A little program, to be made one that a person could have written. */
export const fixture: Kind = {
  kind: "fixture",
  names: "theme/leaf in small letters with hyphens, such as methods/optional-chain",
  pattern: /^[a-z][a-z\d]*(?:-[a-z\d]+)*\/[a-z\d]+(?:-[a-z\d]+)*$/,
  draft(name) {
    const path = `fixtures/${name}/input.ts`;
    return {
      created: {
        [path]: `import net from "node:net";

export function open(host: string): net.Socket {
  return net.connect({ host, port: 7 });
}
`,
      },
      changed: {},
      next: [
        `${path}: write the program; it may be .js, .mts, .tsx …, and options.json beside it says what the engine is told`,
        `UPDATE_FIXTURES=1 node --import tsx --test --test-name-pattern=${name} test/engine/fixtures.test.ts, and read what it writes`,
      ],
    };
  },
};
