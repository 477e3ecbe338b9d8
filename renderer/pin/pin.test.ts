// What the PIN window does and says, without a page: no second PIN by itself, nothing sent at the last try unconfirmed.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PinAnswer, PinRequest, PinTries } from '../../preload/contract/pin';
import { openPinWindow } from './pin-window';
import { defaultButton, maySign, type PinEffect, type PinEvent, type PinScreen, step } from './state';
import { codeWords, device, documentLine, eachWords, ownWords, summary, title, triesWords } from './words';

const request: PinRequest = {
  role: 'seal',
  holder: 'UBND tỉnh Lạng Sơn',
  tokenLabel: 'UBND tỉnh Lạng Sơn',
  tokenMaker: 'Bit4ID',
  issuer: 'CA',
  documents: [{ number: '318/UBND-VX', subject: 'V/v góp ý dự thảo quy chế', pages: 1, receivers: 3 }],
  tries: 'ready',
  pinPad: false,
  minPin: 4,
  maxPin: 16,
  language: 'vi',
};

function run(first: PinRequest, ...events: PinEvent[]): { screen: PinScreen; effects: PinEffect[] } {
  let screen: PinScreen = { kind: 'waiting' };
  const effects: PinEffect[] = [];
  for (const event of [{ kind: 'request', request: first } as const, ...events]) {
    const next = step(screen, event);
    screen = next.screen;
    effects.push(...next.effects.filter((one) => one !== 'clear'));
  }
  return { screen, effects };
}

const typed: PinEvent = { kind: 'typed', length: 8, plain: true };
const sign: PinEvent = { kind: 'sign' };
const refused = (tries: PinTries): PinEvent => ({
  kind: 'answer',
  answer: { kind: 'refused', code: 'token-pin-wrong', tries },
});

describe('the PIN window', () => {
  it('sends a typed PIN once and waits for the token', () => {
    const { screen, effects } = run(request, typed, sign, sign, typed, sign);
    expect(screen.kind).toBe('trying');
    expect(effects).toEqual(['send-pin']);
  });

  it('sends nothing while nothing is typed', () => {
    expect(run(request, sign).effects).toEqual([]);
  });

  it('asks again after a wrong PIN, with the words and with an empty field', () => {
    const { screen } = run(request, typed, sign, refused('low'));
    expect(screen).toMatchObject({
      kind: 'typing',
      tries: 'low',
      code: 'token-pin-wrong',
      typed: { length: 0 },
    });
    expect(maySign(screen)).toBe(false);
  });

  it('makes "Không ký" the default at the last try until the box is ticked, and unticks it for each try', () => {
    const last = { ...request, tries: 'final' } as const;
    const typing = run(last, typed).screen;
    expect([maySign(typing), defaultButton(typing)]).toEqual([false, 'refuse']);
    expect(run(last, typed, sign).effects).toEqual([]);
    const ticked = run(last, typed, { kind: 'confirmed', confirmed: true });
    expect([maySign(ticked.screen), defaultButton(ticked.screen)]).toEqual([true, 'sign']);
    const again = run(last, typed, { kind: 'confirmed', confirmed: true }, sign, refused('final')).screen;
    expect(again).toMatchObject({ kind: 'typing', confirmed: false });
  });

  it('takes no PIN for a locked token', () => {
    for (const tries of ['locked', 'must-change', 'not-initialized'] as const) {
      const { screen, effects } = run({ ...request, tries }, typed, sign);
      expect(screen.kind).toBe('over');
      expect(effects).toEqual(['send-cancel']);
    }
    expect(run(request, typed, sign, refused('locked')).screen).toMatchObject({ code: 'token-pin-locked' });
  });

  it('holds a PIN with Vietnamese marks back once, and sends it when the person insists', () => {
    const marked: PinEvent = { kind: 'typed', length: 8, plain: false };
    expect(run(request, marked, sign).effects).toEqual([]);
    expect(run(request, marked, sign).screen).toMatchObject({ warned: true });
    expect(run(request, marked, sign, sign).effects).toEqual(['send-pin']);
    expect(run(request, marked, sign, marked, sign).effects).toEqual([]);
  });

  it('leaves the typing to a reader with keys', () => {
    expect(run({ ...request, pinPad: true }, sign).effects).toEqual(['send-pad']);
  });

  it('never sends a second PIN that no person asked for, and at the last try none unconfirmed', () => {
    const anyTries = fc.constantFrom<PinTries>('ready', 'low', 'final', 'locked');
    const anyAnswer: fc.Arbitrary<PinAnswer> = fc.oneof(
      fc.constant({ kind: 'trying' } as const),
      fc.constant({ kind: 'accepted' } as const),
      fc.constant({ kind: 'second', count: 2 } as const),
      fc.constant({ kind: 'ended', code: 'token-removed' } as const),
      anyTries.map((tries) => ({ kind: 'refused', code: 'token-pin-wrong', tries }) as const),
    );
    const anyEvent: fc.Arbitrary<PinEvent> = fc.oneof(
      fc.record({ kind: fc.constant('typed' as const), length: fc.nat(20), plain: fc.boolean() }),
      fc.record({ kind: fc.constant('confirmed' as const), confirmed: fc.boolean() }),
      fc.constantFrom<PinEvent>({ kind: 'sign' }, { kind: 'cancel' }),
      anyAnswer.map((answer) => ({ kind: 'answer', answer }) as const),
    );
    fc.assert(
      fc.property(anyTries, fc.array(anyEvent, { maxLength: 30 }), (tries, events) => {
        let screen: PinScreen = step(
          { kind: 'waiting' },
          { kind: 'request', request: { ...request, tries } },
        ).screen;
        let withToken = false;
        for (const event of events) {
          const before = screen;
          const next = step(screen, event);
          const sent = next.effects.includes('send-pin');
          if (sent && (event.kind !== 'sign' || withToken)) return false;
          if (sent && before.kind === 'typing' && before.tries === 'final' && !before.confirmed) return false;
          if (sent) withToken = true;
          if (event.kind === 'answer' && ['refused', 'second'].includes(event.answer.kind)) withToken = false;
          screen = next.screen;
        }
        return true;
      }),
    );
  });

  it('asks for the key’s own PIN after the device’s, sends it once, and explains that there may be two', () => {
    const second: PinEvent = { kind: 'answer', answer: { kind: 'second', count: 1 } };
    const { screen, effects } = run(request, typed, sign, second);
    expect(screen).toMatchObject({ kind: 'typing', stage: 'signature', typed: { length: 0 }, same: false });
    expect(maySign(screen)).toBe(false);
    expect(effects).toEqual(['send-pin']);
    expect(run(request, typed, sign, second, typed, sign, sign).effects).toEqual(['send-pin', 'send-pin']);
    expect(run(request, typed, sign, second, second, typed, sign, second).screen.kind).toBe('trying');
  });

  it('lets a person say that the device has one PIN, and types nothing then', () => {
    const second: PinEvent = { kind: 'answer', answer: { kind: 'second', count: 1 } };
    const same: PinEvent = { kind: 'same', same: true };
    expect(run(request, same, sign).effects).toEqual([]);
    expect(run(request, typed, sign, second, same, sign).effects).toEqual(['send-pin', 'send-same']);
    const undone: PinEvent = { kind: 'same', same: false };
    expect(run(request, typed, sign, second, same, undone, sign).effects).toEqual(['send-pin']);
  });

  it('says before anything is typed what a mistake costs, whatever the device says of its tries', () => {
    for (const tries of ['ready', 'low', 'final'] as const) {
      expect(triesWords(tries, 'vi')?.text).toMatch(/khóa/);
      expect(triesWords(tries, 'en')?.text).toMatch(/lock/);
    }
    expect(triesWords('none', 'vi')).toBeUndefined();
  });

  it('says before a list how often the key’s PIN will be needed, and begins only on a person’s word', () => {
    const each: PinEvent = { kind: 'answer', answer: { kind: 'each', count: 12 } };
    const pad = { ...request, pinPad: true };
    const { screen, effects } = run(pad, sign, each);
    expect(screen).toMatchObject({ kind: 'typing', stage: 'each', count: 12 });
    expect(effects).toEqual(['send-pad']);
    expect(run(pad, sign, each, sign).effects).toEqual(['send-pad', 'send-pad']);
    expect(run(pad, sign, each, { kind: 'cancel' }).effects).toEqual(['send-pad', 'send-cancel']);
    expect(eachWords(12, 'vi')).toContain('12 lần, mỗi tệp một lần');
    expect(ownWords(12, 'vi')).toContain('12 lần, mỗi tệp một lần');
    expect(ownWords(1, 'vi')).not.toContain('lần, mỗi tệp');
  });

  it('says what is signed, with whose device and for how many', () => {
    expect(title(request)).toBe('Nhập mã PIN thiết bị ký số của cơ quan');
    expect(device(request)).toBe('UBND tỉnh Lạng Sơn · Bit4ID');
    expect(summary(request)).toBe('Ký 1 văn bản: 318/UBND-VX, 1 trang, gửi 3 cơ quan');
    const many = {
      ...request,
      documents: [...request.documents, { number: '', subject: 'B', pages: 4, receivers: 0 }],
    };
    expect(summary(many)).toBe('Ký 2 tệp, tổng cộng 5 trang, bằng một lần nhập mã PIN');
    expect(documentLine(many, 1)).toBe('B · 4 trang');
    expect(triesWords('final', 'vi')).toMatchObject({ look: 'grave' });
    expect(codeWords('token-pin-wrong', 'vi')).toContain('Mã PIN không đúng');
  });
});

describe('the port of the PIN window', () => {
  it('carries the PIN to the host alone and overwrites it', async () => {
    const page = new EventTarget();
    const { port1, port2 } = new MessageChannel();
    const pinWindow = openPinWindow(page as unknown as Window);
    const asked: PinRequest[] = [];
    pinWindow.onRequest((one) => asked.push(one));
    const event = new MessageEvent('message', { data: { kind: 'pin-request', request }, ports: [port1] });
    page.dispatchEvent(Object.defineProperty(event, 'source', { value: page }));
    expect(asked).toEqual([request]);
    const received = new Promise<unknown>((done) => {
      port2.onmessage = (message) => done(message.data);
    });
    const pin = new TextEncoder().encode('12345678');
    pinWindow.submit(pin, false);
    expect(pin.every((byte) => byte === 0)).toBe(true);
    expect(await received).toEqual({
      kind: 'pin',
      pin: new TextEncoder().encode('12345678'),
      confirmed: false,
    });
    port2.close();
  });

  it('takes no request from elsewhere and none after the first', () => {
    const page = new EventTarget();
    const { port1, port2 } = new MessageChannel();
    const asked: PinRequest[] = [];
    openPinWindow(page as unknown as Window).onRequest((one) => asked.push(one));
    page.dispatchEvent(
      new MessageEvent('message', { data: { kind: 'pin-request', request }, ports: [port1] }),
    );
    expect(asked).toEqual([]);
    port2.close();
  });
});
