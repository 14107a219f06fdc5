import type { ModuleTable } from "../schema.js";
import { bindings } from "./bindings.js";
import { chainsafeLibp2pQuic } from "./chainsafe_libp2p-quic.js";
import { failsComponentsWebtransport } from "./fails-components_webtransport.js";
import { ffiNapi } from "./ffi-napi.js";
import { ffiRs } from "./ffi-rs.js";
import { koffi } from "./koffi.js";
import { livekitRtcNode } from "./livekit_rtc-node.js";
import { matrixaiQuic } from "./matrixai_quic.js";
import { mediasoup } from "./mediasoup.js";
import { nodeDatachannel } from "./node-datachannel.js";
import { nodeDtlsClient } from "./node-dtls-client.js";
import { nodeGypBuild } from "./node-gyp-build.js";
import { pgNative } from "./pg-native.js";
import { rawSocket } from "./raw-socket.js";
import { roamhqWrtc } from "./roamhq_wrtc.js";
import { undici } from "./undici.js";
import { utpNative } from "./utp-native.js";
import { werift } from "./werift.js";
import { wrtc } from "./wrtc.js";
import { zeromq } from "./zeromq.js";

/** Packages of the registry. One finds its way here when it has sockets that are not made by the modules of Node. */
export const packages: readonly ModuleTable[] = [
  bindings,
  chainsafeLibp2pQuic,
  failsComponentsWebtransport,
  ffiNapi,
  ffiRs,
  koffi,
  livekitRtcNode,
  matrixaiQuic,
  mediasoup,
  nodeDatachannel,
  nodeDtlsClient,
  nodeGypBuild,
  pgNative,
  rawSocket,
  roamhqWrtc,
  undici,
  utpNative,
  werift,
  wrtc,
  zeromq,
];
