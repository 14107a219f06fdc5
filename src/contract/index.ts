export { checkContract } from "./check.js";
