import { Rhttps } from "../https/rhttps";

// See net.ts: the names of https's exports, for `import { … }`.
exports.Agent = exports.Server = exports.createServer = exports.get = exports.globalAgent = undefined;
exports.request = undefined;

export = Rhttps;
