// Main's side of the reading host: one job at a time, with limits of time and memory; a host that overruns or dies is
// replaced, and a file that ended two hosts is not opened again. It parses nothing itself.
import type { Code } from '../../preload/contract/codes';
import { assert, codeOf, Failure, isFailure } from '../../preload/contract/failure';
import type { HostProcess } from '../runtime/host-process';
import {
  type Ask,
  type JobAnswer,
  type JobInput,
  type JobName,
  jobAnswers,
  type NamedTicket,
  type ToHost,
  toMain,
} from './protocol';
import { type Strikes, strikesInMemory } from './strikes';

export interface ReadingLimits {
  /** Milliseconds for any job, and in addition for each MiB of its file. */
  readonly milliseconds: number;
  readonly millisecondsPerMebibyte: number;
  /** Resident memory of the host. */
  readonly memoryBytes: number;
}

export const defaultReadingLimits: ReadingLimits = {
  milliseconds: 30_000,
  millisecondsPerMebibyte: 500,
  memoryBytes: 1 << 30,
};

/** V8's own limit in MiB for a host: below `memoryBytes`, since buffers lie outside of it. */
export const hostHeapMegabytes = 512;
const strikesAllowed = 2;
const memoryCheckMilliseconds = 200;

/** What a job's questions are answered with; a job that has none is given `noHelp`. */
export interface JobHelp {
  ticket(): Promise<NamedTicket>;
  discard(ticket: number): Promise<void>;
  /** Hears of pages done; throws to end the job. */
  goOn(done: number): Promise<void>;
  fetch(question: Extract<Ask, { what: 'fetch' }>): Promise<Uint8Array>;
}

export interface JobOrder<N extends JobName> {
  readonly name: N;
  readonly input: JobInput<N>;
  /** Name and size of the file, for strikes and limits. */
  readonly file: string;
  readonly size: number;
  readonly help?: Partial<JobHelp>;
  /** More time than the limits give, in milliseconds. */
  readonly extraMilliseconds?: number;
}

interface Running {
  readonly process: HostProcess;
  current: Current | null;
  gone: boolean;
}

interface Current {
  readonly id: number;
  readonly help: Partial<JobHelp>;
  readonly done: (value: unknown) => void;
  readonly failed: (error: unknown) => void;
  highestMemory: number;
  stop: () => void;
}

export class ReadingClient {
  private host: Running | null = null;
  private turn: Promise<unknown> = Promise.resolve();
  private lastId = 0;
  private closed = false;
  private readonly limits: ReadingLimits;

  constructor(
    private readonly startHost: () => HostProcess,
    private readonly strikes: Strikes = strikesInMemory(),
    limits: Partial<ReadingLimits> = {},
  ) {
    this.limits = { ...defaultReadingLimits, ...limits };
  }

  /**
   * Runs one job after those before it. Throws the Failure of the job, `file-too-slow`, `file-too-heavy`,
   * `reader-crashed`, or `file-kills-reader` without trying.
   */
  run<N extends JobName>(order: JobOrder<N>): Promise<JobAnswer<N>> {
    const mine = this.turn.then(() => this.runNow(order));
    this.turn = mine.catch(() => undefined);
    return mine;
  }

  /** Ends the host for good. A running job, and any behind it, ends in `reader-crashed` without a strike. */
  close(): void {
    this.closed = true;
    const { host } = this;
    this.host = null;
    if (host === null) return;
    host.gone = true;
    host.process.kill();
    host.current?.failed(new Failure('reader-crashed', 'closed'));
  }

  private async runNow<N extends JobName>(order: JobOrder<N>): Promise<JobAnswer<N>> {
    if (this.closed) throw new Failure('reader-crashed', 'closed');
    if (this.strikes.count(order.file) >= strikesAllowed) throw new Failure('file-kills-reader', order.file);
    try {
      const value = await this.ask(this.running(), order);
      const parsed = jobAnswers[order.name].safeParse(value);
      if (parsed.success) return parsed.data as JobAnswer<N>;
      // A host that answers nonsense is not to be trusted with the next file.
      throw this.lose('reader-crashed', `answer of ${order.name}`, true);
    } catch (error) {
      if (isFailure(error) && endedByFile.has(error)) await this.strikes.add(order.file, error.code);
      throw error;
    }
  }

  private running(): Running {
    if (this.host !== null) return this.host;
    const host: Running = { process: this.startHost(), current: null, gone: false };
    host.process.onMessage((message) => this.receive(host, message));
    host.process.onExit((detail) => {
      if (host.gone) return;
      const memory = host.current?.highestMemory ?? 0;
      // V8 ends the process by itself when its heap is full: near the limit that is what happened.
      const heavy = memory > hostHeapMegabytes * 0.7 * (1 << 20);
      const failure = this.lose(heavy ? 'file-too-heavy' : 'reader-crashed', detail, true);
      host.current?.failed(failure);
    });
    this.host = host;
    return host;
  }

  /** Gives the host up; the next job gets a fresh one. */
  private lose(code: Code, detail: string, byFile: boolean): Failure {
    const { host } = this;
    this.host = null;
    if (host !== null) {
      host.gone = true;
      host.process.kill();
    }
    const failure = new Failure(code, detail);
    if (byFile) endedByFile.add(failure);
    return failure;
  }

  private async ask<N extends JobName>(host: Running, order: JobOrder<N>): Promise<unknown> {
    this.lastId += 1;
    const id = this.lastId;
    const { limits } = this;
    const milliseconds =
      limits.milliseconds +
      (order.extraMilliseconds ?? 0) +
      Math.ceil((order.size / (1 << 20)) * limits.millisecondsPerMebibyte);
    try {
      return await new Promise<unknown>((resolve, reject) => {
        const current: Current = {
          id,
          help: order.help ?? {},
          done: resolve,
          failed: reject,
          highestMemory: 0,
          stop: () => undefined,
        };
        const overTime = setTimeout(
          () => reject(this.lose('file-too-slow', `${milliseconds} ms`, true)),
          milliseconds,
        );
        const memory = setInterval(() => {
          const bytes = host.process.memoryBytes() ?? 0;
          current.highestMemory = Math.max(current.highestMemory, bytes);
          if (bytes > limits.memoryBytes) reject(this.lose('file-too-heavy', `${bytes} bytes`, true));
        }, memoryCheckMilliseconds);
        current.stop = () => {
          clearTimeout(overTime);
          clearInterval(memory);
        };
        host.current = current;
        this.post(host, { kind: 'job', id, name: order.name, input: order.input });
      });
    } finally {
      host.current?.stop();
      host.current = null;
    }
  }

  private post(host: Running, message: ToHost): void {
    host.process.post(message, [], () => undefined);
  }

  private receive(host: Running, raw: unknown): void {
    if (host.gone) return;
    const parsed = toMain.safeParse(raw);
    const { current } = host;
    if (!parsed.success || current === null || parsed.data.id !== current.id) {
      const failure = this.lose('reader-crashed', 'a message that was not expected', true);
      current?.failed(failure);
      return;
    }
    const message = parsed.data;
    switch (message.kind) {
      case 'done':
        current.done(message.value);
        return;
      case 'failed':
        current.failed(new Failure(message.code, message.detail));
        return;
      case 'ask':
        void this.help(host, current, message.ask, message.question);
        return;
    }
  }

  /** Answers a question of the host; it never rejects. */
  private async help(host: Running, current: Current, ask: number, question: Ask): Promise<void> {
    try {
      const value = await this.helpWith(current.help, question);
      if (!host.gone) this.post(host, { kind: 'answer', ask, value });
    } catch (error) {
      const detail = isFailure(error) ? error.detail : String(error);
      if (!host.gone) this.post(host, { kind: 'no-answer', ask, code: codeOf(error), detail });
    }
  }

  private helpWith(help: Partial<JobHelp>, question: Ask): Promise<unknown> {
    switch (question.what) {
      case 'ticket':
        assert(help.ticket !== undefined, 'this job writes no file');
        return help.ticket();
      case 'discard':
        assert(help.discard !== undefined, 'this job writes no file');
        return help.discard(question.ticket);
      case 'go-on':
        assert(help.goOn !== undefined, 'this job does not tell how far it is');
        return help.goOn(question.done);
      case 'fetch':
        assert(help.fetch !== undefined, 'this job fetches nothing');
        return help.fetch(question);
    }
  }
}

/** Failures that stand for the end of a host through the file it was given. */
const endedByFile = new WeakSet<Failure>();
