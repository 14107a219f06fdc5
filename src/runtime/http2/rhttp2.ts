import http2 = require("node:http2");
import { likeness } from "../redirect/likeness";
import { connect } from "./connect";

/** The module `http2`, with connections through SOCKS. */
export const Rhttp2: typeof http2 = likeness(http2, { connect });
