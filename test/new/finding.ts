import { camelCase, withEntry } from "./listed.js";
import type { Kind } from "./scaffold.js";

const index = "src/findings/index.ts";

/** A finding, under the code after the last one of call sites. */
export const finding: Kind = {
  kind: "finding",
  names: "words in small letters with hyphens, such as child-process",
  pattern: /^[a-z][a-z\d]*(?:-[a-z\d]+)*$/,
  draft(name, read) {
    const constant = camelCase(name);
    const path = `src/findings/${name}.ts`;
    const code = nextCode(read("src/findings/README.md"));
    const title = `${name[0]!.toUpperCase()}${name.slice(1).replaceAll("-", " ")}`;
    return {
      created: {
        [path]: `import type { FindingKind } from "./finding.js";

export const ${constant}: FindingKind = {
  code: "${code}",
  title: "${title}",
  severity: "error",
  message: (subject) => \`'\${subject}' can't be SOCKSified\`,
  why: "Say why.",
  mend: "Say what to do about it.",
};
`,
      },
      changed: { [index]: withEntry(read(index), constant, `./${name}.js`) },
      next: [
        `${path}: write its title, severity, message, why and mend`,
        `name ${code} where it is found: as finding of a table's row, or in the engine`,
        "UPDATE_FIXTURES=1 node --import tsx --test test/findings/catalogue.test.ts writes src/findings/README.md",
        "README.md, under What can't be SOCKSified: a row for it",
      ],
    };
  },
};

/** A code never changes its meaning, so one that has a gap below it is not given out again. */
function nextCode(catalogue: string): string {
  const taken = [...catalogue.matchAll(/^## SOCKS(10\d\d)$/gm)].map(([, number]) => Number(number));
  return `SOCKS${Math.max(...taken) + 1}`;
}
