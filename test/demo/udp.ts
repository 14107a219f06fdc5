import { Project } from "../support/project";
import { check } from "./check";
import { heading } from "./print";

const source = `import { createSocket } from "node:dgram";

// SOCKS here is TCP only: this can't be SOCKSified.
const socket = createSocket("udp4");
socket.send("ping", 9, "192.0.2.1", () => socket.close());
`;

/** Shows that a program with a datagram socket does not compile. */
export async function udpDemo(): Promise<void> {
  heading("3. A program that uses dgram does not compile");
  const project = await Project.create({ "src/ping.ts": source, "package.json": '{ "type": "module" }' });
  try {
    const { code, stdout, report } = await project.compile({ module: "nodenext", outDir: "dist" });
    process.stdout.write(stdout.replace(/^(?=.)/gm, "  "));
    console.log(`  exit code of tspc: ${code}`);
    const line = source.split("\n").findIndex((text) => text.includes("createSocket(")) + 1;
    check("tspc fails", code !== 0);
    check(
      `it names src/ping.ts, line ${line}, and a code`,
      new RegExp(`^src/ping\\.ts\\(${line},\\d+\\): error TS9\\d+:`, "m").test(stdout) &&
        report.findings.some((finding) => finding.line === line && finding.severity === "error"),
    );
  } finally {
    await project.remove();
  }
}
