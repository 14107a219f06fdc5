import type { Socket } from "node:net";
import { acceptOne } from "./bind";
import { dial } from "./connect";
import { ProtocolError, Refusal, Reply } from "./errors";
import type { Settings } from "./options";
import { HandshakeReader } from "./reader";
import { hostPort, type SessionRecord } from "./record";
import { relay } from "./relay";
import type { Address, Request } from "./request";
import { resolve } from "./resolve";
import type { RuleSet } from "./rules";
import { readSocks4 } from "./socks4";
import { readSocks5 } from "./socks5";
import { reset } from "./reset";

/** How long a refused client may take to read its reply; RFC 1928 §6 sets "no more than 10 seconds". */
const lingerTime = 2_000;

/** One client connection: handshake, request, reply, relay. */
export class Session {
  /** True from the success reply (for BIND, the second one) on. */
  relaying = false;
  /** Called when {@link relaying} becomes true. */
  onRelay: () => void = () => {};
  #request: Request | undefined;
  #closed = false;

  constructor(
    private readonly client: Socket,
    private readonly settings: Settings,
    private readonly rules: RuleSet,
    readonly record: SessionRecord,
  ) {}

  /** Serves the client. Fulfilled when its socket is closed, never rejected. */
  async run(): Promise<void> {
    const { client, record } = this;
    const gone = new AbortController();
    client.on("error", (error: NodeJS.ErrnoException) => (record.error ??= error.code ?? error.message));
    const closed = new Promise<void>((resolve) =>
      client.once("close", () => {
        this.#closed = true;
        gone.abort();
        resolve();
      }),
    );
    try {
      const request = await this.#readRequest();
      record.version = request.version;
      record.command = request.command;
      record.destination = hostPort(request.destination.host, request.destination.port);
      await this.#serve(request, gone);
    } catch (error) {
      this.#refuse(error);
    }
    await closed;
  }

  /** Ends the session at once. */
  destroy(reason: string): void {
    this.record.error ??= reason;
    reset(this.client);
  }

  async #readRequest(): Promise<Request> {
    const { client, settings } = this;
    const reader = new HandshakeReader(client);
    const timer = setTimeout(
      () => client.destroy(new Error(`no request within ${settings.handshakeTimeout} ms`)),
      settings.handshakeTimeout,
    );
    try {
      const version = await reader.byte();
      const answer = (request: Request) => {
        this.#request = request;
        if (request.user !== undefined) this.record.user = request.user;
      };
      if (version === 4 && settings.versions.includes(4))
        return await readSocks4(reader, client, settings, answer);
      if (version === 5 && settings.versions.includes(5))
        return await readSocks5(reader, client, settings, answer);
      throw new ProtocolError(`the first byte is ${version}, no SOCKS version spoken here`);
    } finally {
      clearTimeout(timer);
      reader.release();
    }
  }

  async #serve(request: Request, gone: AbortController): Promise<void> {
    const { client, settings, record } = this;
    const { command, destination } = request;
    if (command === "UDP ASSOCIATE" || !settings.commands.includes(command))
      throw new Refusal(Reply.CommandNotSupported, `${command} is not served`);
    const addresses = await resolve(destination, settings.hosts, this.rules);
    let peer: Socket;
    if (command === "CONNECT") {
      peer = await dial(addresses, destination.port, settings.connectTimeout, gone.signal);
      this.#grant({ host: peer.localAddress ?? "0.0.0.0", port: peer.localPort ?? 0 });
    } else {
      // Unlike a CONNECT, a client that ends its stream while it waits for its peer has given up.
      const onEnd = () => gone.abort();
      // A paused stream never ends; an empty one is asked for what comes next.
      const onReadable = () => client.readableLength === 0 && client.read(0);
      client.on("end", onEnd).on("readable", onReadable);
      const reachedAt = client.localAddress ?? "0.0.0.0";
      peer = await acceptOne(addresses, destination.port, reachedAt, settings, gone.signal, (bound) =>
        this.#grant(bound),
      );
      client.off("end", onEnd).off("readable", onReadable);
      this.#grant({ host: peer.remoteAddress ?? "0.0.0.0", port: peer.remotePort ?? 0 });
    }
    record.peer = hostPort(peer.remoteAddress ?? destination.host, peer.remotePort ?? destination.port);
    this.relaying = true;
    this.onRelay();
    await relay(client, peer, settings.idleTimeout, record);
  }

  #grant(bound: Address): void {
    const { code, bytes } = this.#request!.granted(bound);
    this.record.reply = code;
    this.record.bound ??= hostPort(bound.host, bound.port);
    if (!this.#closed) this.client.write(bytes);
  }

  #refuse(error: unknown): void {
    const { client, record } = this;
    record.error ??= error instanceof Error ? error.message : String(error);
    if (this.#closed) return;
    if (this.#request && !(error instanceof ProtocolError)) {
      const refusal = error instanceof Refusal ? error : new Refusal(Reply.GeneralFailure, record.error);
      const { code, bytes } = this.#request.refused(refusal);
      record.reply = code;
      client.write(bytes);
    }
    // Closing with unread bytes would reset the connection, and the reset may overtake the reply.
    client.end();
    client.resume();
    const timer = setTimeout(() => client.destroy(), lingerTime);
    client.once("close", () => clearTimeout(timer));
  }
}
