import tls = require("node:tls");
import { likeness } from "../redirect/likeness";
import { connect } from "./connect";
import { TLSSocket } from "./tlssocket";

/** The module `tls`, with connections through SOCKS. */
export const Rtls: typeof tls = likeness(tls, { connect, TLSSocket });
