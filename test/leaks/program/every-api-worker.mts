// One of the ways of every-api: says hello in a thread of its own.
import net from "node:net";
import { parentPort, workerData } from "node:worker_threads";
import { told } from "./told.mjs";

const { host, port } = workerData as { host: string; port: number };
let text = "";
net
  .connect(port, host)
  .on("data", (chunk) => (text += String(chunk)))
  .on("end", () => parentPort!.postMessage({ text }))
  .on("error", (error) => parentPort!.postMessage({ error: told(error) }));
