import { describe, expect, it } from 'vitest';
import { type CallName, calls } from '../../preload/contract/calls';
import { Failure } from '../../preload/contract/failure';
import { answerCall, type Handler, type Sender } from './answer-call';

const names = Object.keys(calls) as CallName[];
const good: Sender = { kind: 'document', mainFrame: true, address: 'app://desk/index.html' };
const logged: string[] = [];
const log = (entry: { detail: string }): void => {
  logged.push(entry.detail);
};

function table(handler: Handler): ReadonlyMap<CallName, Handler> {
  return new Map(names.map((name) => [name, handler]));
}

const never: Handler = async () => {
  throw new Error('must not be reached');
};

describe.each(names)('the call %s', (name) => {
  it('is refused to every sender but the main frame of its own window', async () => {
    const senders: Sender[] = [
      { ...good, kind: null },
      { ...good, mainFrame: false },
      { ...good, address: 'https://desk/index.html' },
      { ...good, address: 'app://pin/pin.html' },
      { ...good, address: '' },
      { kind: 'pin', mainFrame: true, address: 'app://pin/pin.html' },
    ];
    for (const sender of senders) {
      expect(await answerCall(table(never), sender, name, {}, log)).toMatchObject({
        ok: false,
        code: 'call-refused',
      });
    }
  });

  it('refuses junk and oversized input before its handler', async () => {
    const junk = [
      null,
      undefined,
      1,
      'x',
      [],
      { unknown: 1 },
      { __proto__: { a: 1 } },
      { text: 'x'.repeat(5_000_000) },
    ];
    for (const input of junk) {
      if (calls[name].input.safeParse(input).success) continue;
      expect(await answerCall(table(never), good, name, input, log)).toMatchObject({
        ok: false,
        code: 'call-refused',
      });
    }
    expect(calls[name].input.safeParse({ unknown: 1 }).success).toBe(false);
  });
});

describe('an answer', () => {
  it('carries a code and a reference, never a stack, when the handler throws', async () => {
    const answer = await answerCall(
      table(async () => {
        throw new Error('secret at /home/x');
      }),
      good,
      'app.info',
      {},
      log,
    );
    expect(answer).toMatchObject({ ok: false, code: 'internal' });
    expect(JSON.stringify(answer)).not.toContain('secret');
  });

  it('keeps the closed code of a failure', async () => {
    const failing = table(async () => {
      throw new Failure('cancelled', 'detail');
    });
    expect(await answerCall(failing, good, 'app.info', {}, log)).toMatchObject({
      ok: false,
      code: 'cancelled',
    });
  });

  it('is checked too: a handler that answers wrongly is an internal error', async () => {
    const wrong = table(async () => ({ leaked: true }));
    expect(await answerCall(wrong, good, 'app.info', {}, log)).toMatchObject({ ok: false, code: 'internal' });
  });

  it('does not know names that are not in the table', async () => {
    for (const name of ['toString', '__proto__', 'vault.recordKey', '', 7, null]) {
      expect(await answerCall(table(never), good, name, {}, log)).toMatchObject({
        ok: false,
        code: 'call-refused',
      });
    }
  });
});
