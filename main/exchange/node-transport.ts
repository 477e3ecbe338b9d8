// The transport over node:http and node:https: one connection a request, header lines exactly as given, limits in time
// and size. It never follows a redirect, never tries twice, and speaks plain http only to hosts that policy names.
import { type ClientRequest, request as httpRequest, type IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { pipeline, type Readable } from 'node:stream';
import { createGunzip, createInflate } from 'node:zlib';
import { type ConnectionSettings, NotConnected, openConnection } from './connect';
import { requireSafeAddress } from './endpoint';
import type { ProxyFinder } from './system-proxy';
import {
  AnswerCut,
  type AnswerHead,
  type AnswerReader,
  type Transport,
  type TransportBody,
  type TransportOutcome,
  type TransportRequest,
} from './transport';

export interface NodeTransportSettings extends ConnectionSettings {
  /** Host names or addresses that may be spoken to without TLS. */
  readonly plainHttpHosts: readonly string[];
  /** Asked for each request; what it finds stands over `proxy`. */
  readonly proxyFor?: ProxyFinder;
}

/**
 * How long `100 Continue` is waited for before the body goes anyway (RFC 9110 10.1.1 lets a client choose). Only bodies of
 * a few bytes announce themselves here, so there is nothing to save by waiting the SDK's 3 s for a server that is mute.
 */
const continueMs = 300;

export function nodeTransport(settings: NodeTransportSettings): Transport {
  return {
    async request(request, read) {
      requireSafeAddress(request.url, settings.plainHttpHosts);
      let socket: Socket;
      try {
        const connection = await withProxy(settings, request.url);
        socket = await openConnection(request.url, connection, request.limits.connectMs, request.signal);
      } catch (error) {
        if (error instanceof NotConnected) {
          return { kind: 'not-sent', reason: error.reason, detail: error.message };
        }
        throw error;
      }
      const attempt = new Attempt(request, socket);
      try {
        return await attempt.run(read);
      } finally {
        attempt.close();
      }
    },
  };
}

async function withProxy(settings: NodeTransportSettings, url: URL): Promise<ConnectionSettings> {
  if (settings.proxyFor === undefined) return settings;
  let proxy: Awaited<ReturnType<ProxyFinder>>;
  try {
    proxy = await settings.proxyFor(url);
  } catch (error) {
    throw new NotConnected('proxy', error instanceof Error ? error.message : String(error));
  }
  return proxy === null ? settings : { ...settings, proxy };
}

/** One request on one fresh connection, from its first byte on. */
class Attempt {
  private readonly http: ClientRequest;
  /** Why we ended the connection ourselves; it explains every error that follows. */
  private ended: AnswerCut | null = null;
  private silence: NodeJS.Timeout | undefined;
  private hasAnswer = false;
  private readonly total: NodeJS.Timeout;
  private readonly onAbort = () => this.stop(new AnswerCut('cancelled', 'cancelled'));

  constructor(
    private readonly request: TransportRequest,
    private readonly socket: Socket,
  ) {
    const { url, limits, signal } = request;
    this.total = setTimeout(
      () => this.stop(new AnswerCut('timed-out', `not finished in ${limits.totalMs} ms`)),
      limits.totalMs,
    );
    this.heard();
    this.http = httpRequest({
      method: request.method,
      path: `${url.pathname}${url.search}`,
      // An array keeps order and case, and Node adds nothing of its own to it.
      headers: request.headers.flat(),
      createConnection: () => socket,
    });
    signal?.addEventListener('abort', this.onAbort);
    if (signal?.aborted === true) this.onAbort();
  }

  async run<T>(read: AnswerReader<T>): Promise<TransportOutcome<T>> {
    try {
      const answered = this.answer();
      // The upload's end is not waited for: a server may answer (and refuse) before it has read everything.
      const uploaded = this.upload();
      const answer = await Promise.race([answered, uploaded.then(() => answered)]);
      const head = headOf(answer);
      return { kind: 'answered', value: await read(head, this.body(answer, head)) };
    } catch (error) {
      const cut = this.ended ?? error;
      if (cut instanceof CertificateRejected) {
        return { kind: 'not-sent', reason: 'certificate', detail: cut.message };
      }
      if (cut instanceof AnswerCut) return { kind: 'cut', reason: cut.reason, detail: cut.message };
      throw error;
    }
  }

  close(): void {
    clearTimeout(this.total);
    clearTimeout(this.silence);
    this.request.signal?.removeEventListener('abort', this.onAbort);
    this.http.on('error', ignoreLateError);
    this.socket.on('error', ignoreLateError);
    this.http.destroy();
    this.socket.destroy();
  }

  private stop(reason: AnswerCut): void {
    this.ended ??= reason;
    this.socket.destroy(reason);
  }

  private heard(): void {
    clearTimeout(this.silence);
    const { silenceMs } = this.request.limits;
    this.silence = setTimeout(
      () => this.stop(new AnswerCut('timed-out', `silent for ${silenceMs} ms`)),
      silenceMs,
    );
  }

  private answer(): Promise<IncomingMessage> {
    return new Promise((resolve, reject) => {
      this.http.on('response', (answer) => {
        this.hasAnswer = true;
        this.heard();
        resolve(answer);
      });
      this.http.on('error', (error) => reject(rejectionOf(error) ?? cutOf(error)));
      this.http.on('close', () =>
        reject(new AnswerCut('cut', 'the connection was closed without an answer')),
      );
      // An upgrade is no answer; without a listener Node would just close.
      this.http.on('upgrade', () => reject(new AnswerCut('garbled', 'the server switched protocols')));
    });
  }

  private async upload(): Promise<void> {
    const { body, headers } = this.request;
    if (body === null || body.size === 0) {
      this.http.end();
      return;
    }
    if (headers.some(([name]) => name.toLowerCase() === 'expect')) await this.continued();
    await this.write(body);
    this.http.end();
    this.heard();
  }

  private continued(): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, continueMs);
      const go = () => {
        clearTimeout(timer);
        resolve();
      };
      this.http.once('continue', go).once('response', go).once('close', go);
    });
  }

  private async write(body: TransportBody): Promise<void> {
    let sent = 0;
    for (const piece of body.pieces()) {
      if (this.http.destroyed || this.hasAnswer) return;
      sent += piece.length;
      if (!this.http.write(piece)) await this.drained();
      this.heard();
    }
    if (sent !== body.size) throw new RangeError(`the body is ${sent} bytes, not ${body.size}`);
  }

  private drained(): Promise<void> {
    return new Promise((resolve) => {
      const go = () => {
        this.http.off('drain', go).off('close', go).off('response', go);
        resolve();
      };
      this.http.on('drain', go).on('close', go).on('response', go);
    });
  }

  private async *body(answer: IncomingMessage, head: AnswerHead): AsyncGenerator<Uint8Array> {
    let received = 0;
    try {
      for await (const chunk of decoded(answer, head)) {
        this.heard();
        const bytes = chunk as Buffer;
        received += bytes.length;
        if (received > this.request.limits.answerBytes) {
          throw new AnswerCut(
            'too-large',
            `the answer is larger than ${this.request.limits.answerBytes} bytes`,
          );
        }
        yield bytes;
      }
    } catch (error) {
      throw this.ended ?? cutOf(error);
    }
    if (!answer.complete) throw this.ended ?? new AnswerCut('cut', 'the answer ended too early');
  }
}

function headOf(answer: IncomingMessage): AnswerHead {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(answer.headers)) {
    if (value !== undefined) headers[name] = Array.isArray(value) ? value.join(', ') : value;
  }
  return { status: answer.statusCode ?? 0, headers };
}

function decoded(answer: IncomingMessage, head: AnswerHead): Readable {
  const encoding = (head.headers['content-encoding'] ?? 'identity').trim().toLowerCase();
  if (encoding === 'identity' || encoding === '') return answer;
  if (encoding !== 'gzip' && encoding !== 'x-gzip' && encoding !== 'deflate') {
    throw new AnswerCut('garbled', `unknown content encoding ${encoding}`);
  }
  const unpacked = encoding === 'deflate' ? createInflate() : createGunzip();
  pipeline(answer, unpacked, ignoreLateError);
  return unpacked;
}

/**
 * The server did not accept our certificate. With TLS 1.3 it says so after our side of the handshake is done and the request is on
 * its way; it reads nothing of that.
 */
class CertificateRejected extends Error {
  override readonly name = 'CertificateRejected';
}

const certificateAlert = /^ERR_SSL_\w*ALERT_(?:\w*CERTIFICATE\w*|UNKNOWN_CA|ACCESS_DENIED)$/;

function rejectionOf(error: NodeJS.ErrnoException): CertificateRejected | null {
  const code = error.code ?? '';
  return certificateAlert.test(code) ? new CertificateRejected(code) : null;
}

/** Node's parser and zlib name what they could not read; anything else ended the connection. */
function cutOf(error: unknown): AnswerCut {
  if (error instanceof AnswerCut) return error;
  if (!(error instanceof Error)) return new AnswerCut('cut', String(error));
  const code = (error as NodeJS.ErrnoException).code ?? '';
  const garbled = code.startsWith('HPE_') || code.startsWith('Z_') || code.startsWith('ERR_HTTP');
  return new AnswerCut(garbled ? 'garbled' : 'cut', `${code} ${error.message}`.trim());
}

/** The error is thrown where the stream is read, or was told already. */
function ignoreLateError(): void {
  // Nothing to add.
}
