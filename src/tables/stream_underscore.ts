import type { ModuleTable } from "./schema.js";

// The classes of `stream` as modules of their own; deprecated, and gone from Node 26. Each module is the class.

export const streamDuplex = {
  module: "_stream_duplex",
  exports: {},
  inert: ["from", "fromWeb", "toWeb"],
} as const satisfies ModuleTable;

export const streamPassthrough = {
  module: "_stream_passthrough",
  exports: {},
  inert: [],
} as const satisfies ModuleTable;

export const streamReadable = {
  module: "_stream_readable",
  exports: {},
  inert: ["ReadableState", "_fromList", "from", "fromWeb", "toWeb", "wrap"],
  inertMembers: {
    ReadableState: [
      "autoDestroy",
      "closeEmitted",
      "closed",
      "constructed",
      "dataEmitted",
      "decoder",
      "defaultEncoding",
      "destroyed",
      "emitClose",
      "emittedReadable",
      "encoding",
      "endEmitted",
      "ended",
      "errorEmitted",
      "errored",
      "flowing",
      "multiAwaitDrain",
      "needReadable",
      "objectMode",
      "paused",
      "pipesCount",
      "readableListening",
      "reading",
      "readingMore",
      "resumeScheduled",
      "sync",
    ],
  },
} as const satisfies ModuleTable;

export const streamTransform = {
  module: "_stream_transform",
  exports: {},
  inert: [],
} as const satisfies ModuleTable;

/** A net.Socket on top of a stream: it opens nothing itself. */
export const streamWrap = {
  module: "_stream_wrap",
  exports: {},
  aliases: { StreamWrap: "_stream_wrap" },
  inert: [],
  inertMembers: {
    StreamWrap: [
      "doClose",
      "doShutdown",
      "doWrite",
      "finishShutdown",
      "finishWrite",
      "isClosing",
      "readStart",
      "readStop",
      "undefined",
    ],
  },
} as const satisfies ModuleTable;

export const streamWritable = {
  module: "_stream_writable",
  exports: {},
  inert: ["WritableState", "fromWeb", "toWeb"],
  inertMembers: {
    WritableState: [
      "afterWriteTickInfo",
      "allBuffers",
      "allNoop",
      "autoDestroy",
      "bufferProcessing",
      "buffered",
      "bufferedRequestCount",
      "closeEmitted",
      "closed",
      "constructed",
      "decodeStrings",
      "defaultEncoding",
      "destroyed",
      "emitClose",
      "ended",
      "ending",
      "errorEmitted",
      "errored",
      "finalCalled",
      "finished",
      "getBuffer",
      "needDrain",
      "objectMode",
      "prefinished",
      "sync",
      "writable",
      "writecb",
      "writing",
    ],
  },
} as const satisfies ModuleTable;
