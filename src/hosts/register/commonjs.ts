import fs from "node:fs";
import Module from "node:module";
import { rewriteFile } from "./rewrite.js";

/** The parts of a module that Node does not document, and that what compiles on require (tsx, ts-node) builds on. */
interface Requirable {
  load(this: object, filename: string): void;
  _compile(this: object, code: string, filename: string, ...rest: unknown[]): unknown;
}

/** A file that is being loaded, and rewritten thereby. */
interface Rewritten {
  readonly text: string;
  readonly code: string;
  wasRead: boolean;
}

/** By path. */
const loading = new Map<string, Rewritten>();
/** Is the file being loaded by what requires it, and rewritten thereby? */
export function isRequired(path: string): boolean {
  return loading.has(path);
}

/**
 * From now on, `require` gets the new text of what it loads. It is put where the file is read, so that whatever compiles it
 * afterwards, Node's own type stripping or what tsx does, has it too, in whichever order they were registered.
 */
export function interceptRequire(): void {
  const { prototype } = Module as unknown as { readonly prototype: Requirable };
  const { load, _compile } = prototype;

  prototype.load = function (filename) {
    const file = rewriteFile(filename);
    if (!file) return load.call(this, filename);
    loading.set(filename, { ...file, wasRead: false });
    const restore = replaceReading();
    try {
      load.call(this, filename);
    } finally {
      restore();
      loading.delete(filename);
    }
  };

  prototype._compile = function (code, filename, ...rest) {
    const file = loading.get(filename);
    loading.delete(filename);
    const compiled = !file || file.wasRead ? code : recompiled(file, code, filename);
    return _compile.call(this, compiled, filename, ...rest);
  };
}

/**
 * Node reads what is imported before it is loaded, to see what it exports, and reads it no second time; with the hooks'
 * help, or without.
 *
 * @param code what is about to be compiled
 * @throws Error where nobody knows what that was made of
 */
function recompiled({ text, code: rewritten }: Rewritten, code: string, filename: string): string {
  if (code.startsWith(rewritten)) return code;
  if (withoutMark(code) === text) return rewritten;
  // Since Node 22.13; the file's name follows.
  const { stripTypeScriptTypes: strip } = Module as { stripTypeScriptTypes?: (code: string) => string };
  if (strip && /\.c?ts$/.test(filename)) {
    const stripped = strip(rewritten);
    if (code.startsWith(stripped)) return code;
    if (code.startsWith(strip(text))) return stripped;
  }
  throw new Error(
    `tsocksify/register: ${filename} was compiled without being read (from a cache?), so that it is not rewritten and would connect directly. Turn the cache off.`,
  );
}

function withoutMark(text: string): string {
  return text.replace(/^\uFEFF/, "");
}

/** `fs.readFileSync` gives the new texts until what is returned is called. */
function replaceReading(): () => void {
  const mutable: { readFileSync: typeof fs.readFileSync } = fs;
  const { readFileSync } = fs;
  const reading = ((path: fs.PathOrFileDescriptor, ...rest: [never]) => {
    const file = typeof path === "string" ? loading.get(path) : undefined;
    if (!file) return readFileSync(path, ...rest);
    file.wasRead = true;
    const [options] = rest as [fs.ObjectEncodingOptions | BufferEncoding | null | undefined];
    const encoding = typeof options === "string" ? options : options?.encoding;
    return encoding ? file.code : Buffer.from(file.code);
  }) as typeof readFileSync;
  mutable.readFileSync = reading;
  return () => {
    // What a program has put there meanwhile stays.
    if (mutable.readFileSync === reading) mutable.readFileSync = readFileSync;
  };
}
