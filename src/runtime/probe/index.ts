export { probe, type ProbeOptions, type Question, type ServerProbe } from "./probe";
export type { Answer } from "./answer";
