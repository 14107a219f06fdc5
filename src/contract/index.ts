export { checkContract } from "./check.js";
export { missingInit } from "./init.js";
