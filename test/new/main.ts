// npm run new -- table|finding|fixture NAME: the files that an addition begins with, and what is left to do.
import { join } from "node:path";
import { Refused } from "./refused.js";
import { scaffold } from "./scaffold.js";

const [kind, name, ...rest] = process.argv.slice(2);
try {
  if (rest.length > 0) throw new Refused(`one name at a time: ${rest.join(" ")}`);
  const { created, changed, next } = scaffold(join(__dirname, "../.."), kind, name);
  for (const path of Object.keys(created)) console.log(`created  ${path}`);
  for (const path of Object.keys(changed)) console.log(`changed  ${path}`);
  console.log(`\nNext:\n${next.map((each, index) => `${index + 1}. ${each}`).join("\n")}`);
} catch (error) {
  if (!(error instanceof Refused)) throw error;
  console.error(`new: ${error.message}`);
  process.exitCode = 2;
}
