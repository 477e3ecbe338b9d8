// The reading host without its transport: takes a job, does it, answers; asks main for what it does not have itself.
// It holds no key but those of the files it is given and has no network.

import type { Code } from '../../preload/contract/codes';
import { assert, codeOf, Failure, isFailure } from '../../preload/contract/failure';
import { jobs } from './jobs';
import { type Ask, type JobName, jobInputs, type ToMain, toHost } from './protocol';

export interface HostTransport {
  post(message: ToMain): void;
  onMessage(listener: (message: unknown) => void): void;
}

/** What a job may ask of main; the answer is main's and trusted. Throws the Failure that main gives. */
export type AskMain = (question: Ask) => Promise<unknown>;

interface Asked {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: unknown) => void;
}

function isJob(name: string): name is JobName {
  return Object.hasOwn(jobInputs, name);
}

/** Serves jobs until the process ends. */
export function serveReading(transport: HostTransport): void {
  const asked = new Map<number, Asked>();
  let lastAsk = 0;

  async function run(id: number, name: string, input: unknown): Promise<void> {
    const askMain: AskMain = (question) =>
      new Promise((resolve, reject) => {
        lastAsk += 1;
        asked.set(lastAsk, { resolve, reject });
        transport.post({ kind: 'ask', id, ask: lastAsk, question });
      });
    try {
      assert(isJob(name), `no job ${name}`);
      transport.post({ kind: 'done', id, value: await jobs[name](input, askMain) });
    } catch (error) {
      const detail = isFailure(error) ? error.detail : String(error);
      transport.post({ kind: 'failed', id, code: codeOf(error), detail: detail.slice(0, 2000) });
    }
  }

  transport.onMessage((raw) => {
    const message = toHost.parse(raw);
    if (message.kind === 'job') {
      // Its outcome is a message; it never rejects.
      void run(message.id, message.name, message.input);
      return;
    }
    const waiting = asked.get(message.ask);
    asked.delete(message.ask);
    if (message.kind === 'answer') waiting?.resolve(message.value);
    else waiting?.reject(new Failure(message.code as Code, message.detail));
  });
}
