// Threads of main's own process that write small files, so that the thread which serves windows makes no call to the disk for
// them and waits for none. They share the process's memory and trust; what is large does not come here.
import { Worker } from 'node:worker_threads';
import type { Code } from '../../preload/contract/codes';
import { Failure } from '../../preload/contract/failure';
import type { WritingOrder } from './writing-job';

export interface ThreadOrder {
  readonly id: number;
  readonly order: WritingOrder;
}

/** What a thread says once it can take orders. */
export const threadIsThere = 'there';

export interface ThreadAnswer {
  readonly id: number;
  /** What was written, given back. */
  readonly bytes: Uint8Array;
  readonly failed: { readonly code: Code; readonly detail: string } | null;
}

export interface WritingThreads {
  /**
   * As `writeWhole`, for who has asked `ready`. The bytes move to the thread, so nobody else may have them, and back: it resolves with them. Throws also
   * `disk-error` where the thread was lost.
   */
  write(order: WritingOrder): Promise<Uint8Array>;
  /**
   * Whether a thread is there to take orders; where none is, one is begun for those that come later. Never true again once a
   * thread could not be begun: then this machine has none to offer.
   */
  ready(): boolean;
  /** Ends the threads; what is under way fails with `desk-closing` and is no file, or one that nobody was told of. */
  close(): void;
}

/** One waits for the disk while another seals; more would only wait together. */
const mostThreads = 3;
/** MiB of V8's own memory in each: bytes lie outside of it. */
const heapMegabytes = 32;
/** A thread that has had nothing to do for so long is ended: its memory is worth more than its start. */
const idleMilliseconds = 30_000;

/** The memory of these bytes where they have it for themselves; a piece of a larger one is copied. */
export function transferable({ buffer, byteLength }: Uint8Array): ArrayBuffer[] {
  return buffer instanceof ArrayBuffer && buffer.byteLength === byteLength ? [buffer] : [];
}

interface Running {
  readonly worker: Worker;
  isThere: boolean;
  idle: NodeJS.Timeout | null;
  readonly waiting: Map<
    number,
    { readonly resolve: (bytes: Uint8Array) => void; readonly reject: (error: Failure) => void }
  >;
}

function startWorker(entry: string): Worker {
  return new Worker(entry, { resourceLimits: { maxOldGenerationSizeMb: heapMegabytes }, env: {} });
}

/** Threads over the bundle `entry`, started when there is something for them to do. */
export function openWritingThreads(entry: string, begin: typeof startWorker = startWorker): WritingThreads {
  const threads = new Set<Running>();
  let last = 0;
  let closed = false;
  let canBegin = true;

  function lose(thread: Running, code: Code, detail: string): void {
    threads.delete(thread);
    if (thread.idle !== null) clearTimeout(thread.idle);
    if (!thread.isThere) canBegin = false;
    for (const { reject } of thread.waiting.values()) reject(new Failure(code, detail));
    thread.waiting.clear();
  }

  function rest(thread: Running): void {
    thread.worker.unref();
    thread.idle = setTimeout(() => {
      threads.delete(thread);
      void thread.worker.terminate();
    }, idleMilliseconds);
    thread.idle.unref();
  }

  function start(): void {
    const worker = begin(entry);
    // What waits for it keeps the process alive by itself; an idle thread must not.
    worker.unref();
    const thread: Running = { worker, isThere: false, idle: null, waiting: new Map() };
    worker.on('message', (message: ThreadAnswer | typeof threadIsThere) => {
      if (message === threadIsThere) {
        thread.isThere = true;
        rest(thread);
        return;
      }
      const { id, bytes, failed } = message;
      const one = thread.waiting.get(id);
      thread.waiting.delete(id);
      if (thread.waiting.size === 0) rest(thread);
      if (failed === null) one?.resolve(bytes);
      else one?.reject(new Failure(failed.code, failed.detail));
    });
    worker.on('messageerror', (error: Error) => {
      lose(thread, 'disk-error', error.message);
      void worker.terminate();
    });
    worker.on('error', (error: Error) => lose(thread, 'disk-error', error.message));
    worker.on('exit', (code) => lose(thread, 'disk-error', `exit ${code}`));
    threads.add(thread);
  }

  /** The idlest thread that is there, and another one on its way where all of them are busy. */
  function least(): Running | null {
    const there = [...threads].filter((one) => one.isThere).sort((a, b) => a.waiting.size - b.waiting.size);
    const isBusy = there[0] === undefined || there[0].waiting.size > 0;
    if (isBusy && threads.size < mostThreads && threads.size === there.length) tryStart();
    return there[0] ?? null;
  }

  function tryStart(): void {
    if (!canBegin || closed) return;
    try {
      start();
    } catch {
      // The system has no thread to give; main writes by itself.
      canBegin = false;
    }
  }

  return {
    write(order) {
      if (closed) return Promise.reject(new Failure('desk-closing'));
      const thread = least();
      if (thread === null) return Promise.reject(new Failure('disk-error', 'no writing thread'));
      last += 1;
      const id = last;
      return new Promise<Uint8Array>((resolve, reject) => {
        thread.waiting.set(id, { resolve, reject });
        if (thread.idle !== null) clearTimeout(thread.idle);
        thread.idle = null;
        thread.worker.ref();
        const message: ThreadOrder = { id, order };
        thread.worker.postMessage(message, transferable(order.bytes));
      });
    },
    ready: () => !closed && least() !== null,
    close() {
      closed = true;
      for (const thread of [...threads]) {
        lose(thread, 'desk-closing', '');
        // Its end is nobody's concern: the process ends, too.
        void thread.worker.terminate();
      }
    },
  };
}
