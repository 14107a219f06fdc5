import { copyFileSync } from "node:fs";
import { basename, join } from "node:path";
import { Workplace } from "../cli/workplace.js";

const json = (value: unknown): string => `${JSON.stringify(value, undefined, 2)}\n`;
const socks = "tsocksify lint --reporter sarif=socks.sarif --reporter pretty";
const tsconfig = json({ extends: "../../tsconfig.base.json", include: ["src"] });

/** A monorepo of two packages, one of which imports the other. */
const files = {
  ".gitignore": "node_modules\n.turbo\n.nx\nsocks.sarif\n",
  "package.json": json({
    name: "workspace",
    private: true,
    packageManager: "npm@10.8.2",
    workspaces: ["packages/*"],
  }),
  "tsconfig.base.json": json({ compilerOptions: { strict: true, module: "nodenext", skipLibCheck: true } }),
  "tsocksify.config.json": json({ maxWarnings: 0 }),
  "packages/client/package.json": json({
    name: "client",
    version: "1.0.0",
    scripts: { socks },
    dependencies: { protocol: "1.0.0" },
  }),
  "packages/client/tsconfig.json": tsconfig,
  "packages/client/src/client.ts": `import net from "node:net";
import { frame } from "protocol";

export function greet(host: string): net.Socket {
  const socket = net.connect({ host, port: 7 });
  socket.write(frame("hello"));
  return socket;
}
`,
  "packages/protocol/package.json": json({
    name: "protocol",
    version: "1.0.0",
    exports: "./src/frame.ts",
    scripts: { socks },
  }),
  "packages/protocol/tsconfig.json": tsconfig,
  "packages/protocol/src/frame.ts": "export const frame = (text: string): string => `${text}\\r\\n`;\n",
};

/** The monorepo, with a recipe's file at its root. */
export class Workspace extends Workplace {
  /** @param recipe its path from here */
  constructor(recipe: string) {
    super(files, "typescript");
    copyFileSync(join(__dirname, recipe), this.at(basename(recipe)));
    this.install();
    for (const name of ["client", "protocol"]) this.linkPackage(name, this.at(`packages/${name}`));
    // Both tools ask Git which files there are.
    this.git("init", "--quiet");
  }
}
