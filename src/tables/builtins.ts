import { assert, assertStrict } from "./assert.js";
import { bench, benchReporters } from "./bench.js";
import { buffer } from "./buffer.js";
import { childProcess } from "./child_process.js";
import { cluster } from "./cluster.js";
import { console } from "./console.js";
import { crypto } from "./crypto.js";
import { dgram } from "./dgram.js";
import { dns, dnsPromises } from "./dns.js";
import { dtls } from "./dtls.js";
import { events } from "./events.js";
import { ffi } from "./ffi.js";
import { fs, fsPromises } from "./fs.js";
import { http } from "./http.js";
import { http2 } from "./http2.js";
import {
  httpAgent,
  httpClient,
  httpCommon,
  httpIncoming,
  httpOutgoing,
  httpServer,
} from "./http_underscore.js";
import { https } from "./https.js";
import { inspector, inspectorPromises } from "./inspector.js";
import { module } from "./module.js";
import { net } from "./net.js";
import { constants, os, sea } from "./os.js";
import { path, pathPosix, pathWin32 } from "./path.js";
import { process } from "./process.js";
import { quic } from "./quic.js";
import { repl } from "./repl.js";
import type { ModuleTable } from "./schema.js";
import { sqlite } from "./sqlite.js";
import { stream, streamConsumers, streamIter, streamPromises } from "./stream.js";
import {
  streamDuplex,
  streamPassthrough,
  streamReadable,
  streamTransform,
  streamWrap,
  streamWritable,
} from "./stream_underscore.js";
import { streamWeb } from "./stream_web.js";
import { readline, readlinePromises, tty } from "./terminal.js";
import { test, testReporters } from "./test.js";
import { punycode, querystring, stringDecoder, url } from "./text.js";
import { timers, timersPromises } from "./timers.js";
import { tls, tlsCommon, tlsWrap } from "./tls.js";
import { asyncHooks, diagnosticsChannel, domain, perfHooks, traceEvents, v8 } from "./tracing.js";
import { sys, util, utilTypes } from "./util.js";
import { vfs } from "./vfs.js";
import { vm } from "./vm.js";
import { wasi } from "./wasi.js";
import { workerThreads } from "./worker_threads.js";
import { zlib, zlibIter } from "./zlib.js";

/** Every builtin module of Node 20 to 26 (test/tables/coverage.test.ts). */
export const builtins: readonly ModuleTable[] = [
  assert,
  assertStrict,
  bench,
  benchReporters,
  buffer,
  childProcess,
  cluster,
  console,
  crypto,
  dgram,
  dns,
  dnsPromises,
  dtls,
  events,
  ffi,
  fs,
  fsPromises,
  http,
  http2,
  httpAgent,
  httpClient,
  httpCommon,
  httpIncoming,
  httpOutgoing,
  httpServer,
  https,
  inspector,
  inspectorPromises,
  module,
  net,
  os,
  constants,
  sea,
  path,
  pathPosix,
  pathWin32,
  process,
  quic,
  repl,
  sqlite,
  stream,
  streamPromises,
  streamConsumers,
  streamIter,
  streamDuplex,
  streamPassthrough,
  streamReadable,
  streamTransform,
  streamWrap,
  streamWritable,
  streamWeb,
  readline,
  readlinePromises,
  tty,
  test,
  testReporters,
  punycode,
  querystring,
  stringDecoder,
  url,
  timers,
  timersPromises,
  tls,
  tlsWrap,
  tlsCommon,
  asyncHooks,
  diagnosticsChannel,
  domain,
  perfHooks,
  traceEvents,
  v8,
  util,
  utilTypes,
  sys,
  vfs,
  vm,
  wasi,
  workerThreads,
  zlib,
  zlibIter,
];
