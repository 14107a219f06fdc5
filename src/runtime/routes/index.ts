export { configuration, type Configuration } from "./configuration";
export { explainRoute, type Chains, type Hop, type RouteDecision } from "./decision";
export type { PassedOver } from "../config/settings";
