// Levels over a clock that only moves when told, files that are names, and authorities that do as they are told.
import { describe, expect, it } from 'vitest';
import { Failure } from '../../../preload/contract/failure';
import { asSha256, type DeskId, newDeskId, type Sha256 } from '../../../preload/contract/ids';
import type { LevelName } from '../../../preload/contract/levels';
import type { FileVerdict, SignatureVerdict } from '../../../preload/contract/verdict';
import type { PreparedSignature } from '../../signing';
import { StampRefused } from '../../signing';
import { createLevels, type LevelMemory, type LevelParts } from './service';
import { StampLimited } from './stamps';

const name = (text: string): Sha256 =>
  asSha256(Buffer.from(text).toString('hex').padEnd(64, '0').slice(0, 64));

function signature(level: LevelName): SignatureVerdict {
  return {
    ...{ field: 'Sig1', kind: 'signature', signer: 'A', issuer: 'B', level },
    ...{ integrity: 'intact', coverage: 'whole-revision', chain: 'trusted', revocation: 'good' },
    ...{ time: { source: 'none', value: null }, changes: 'none', permitted: true, codes: [] },
  };
}

const order = ['B-B', 'B-T', 'B-LT', 'B-LTA'] as const;

/** A world in which a file's name says its level; each increment makes the next one. */
class Place {
  now = 0;
  readonly files = new Map<Sha256, LevelName>();
  readonly journal: string[] = [];
  readonly raises = new Map<
    Sha256,
    { input: Sha256; documentId: DeskId; names: Sha256[]; level: string; ended: string | null }
  >();
  readonly timers = new Set<{ at: number; run: () => void }>();
  readonly reports: string[] = [];
  stamp: () => Promise<Uint8Array> = async () => new Uint8Array(8);
  broken = false;
  busy = false;
  waiting = 0;

  memory(): LevelMemory {
    return {
      raises: () => [...this.raises.values()],
      wanted: async (input, documentId, level) => {
        this.journal.push(`wanted ${level}`);
        this.raises.set(input, { input, documentId, names: [input], level, ended: null });
      },
      raised: async (input, output, level) => {
        this.journal.push(`raised ${level}`);
        const raise = this.raises.get(input);
        raise?.names.push(output);
        if (raise !== undefined) raise.level = level;
      },
      ended: async (input, code) => {
        this.journal.push(`ended ${code}`);
        const raise = this.raises.get(input);
        if (raise !== undefined) raise.ended = code;
      },
    };
  }

  verdict(file: Sha256): FileVerdict {
    const one = signature(this.files.get(file) ?? 'none');
    return { verdict: 'valid', signatures: [this.broken ? { ...one, integrity: 'broken' } : one], codes: [] };
  }

  next(file: Sha256): Sha256 {
    const level = order[order.indexOf((this.files.get(file) ?? 'B-B') as 'B-B') + 1] ?? 'B-LTA';
    const output = name(`${file.slice(0, 8)} ${level}`);
    this.files.set(output, level);
    return output;
  }

  parts(policy: Partial<LevelParts['policy']> = {}): LevelParts {
    const prepared = {
      ...{ increment: Buffer.from(`<${'0'.repeat(64)}>`), contentsGap: { offset: 0, length: 66 } },
      ...{ byteRange: [0, 0, 66, 0], digest: new Uint8Array(32), digestAlgorithm: 'sha256', sourceSize: 0 },
      ...{ fieldName: 'T', shown: undefined, signedBefore: [], warnings: [] },
    } as unknown as PreparedSignature;
    return {
      policy: { enabled: true, target: 'B-LTA', beforeSending: 'try', trySeconds: 5, ...policy },
      memory: this.memory(),
      verdictOf: async (file) => this.verdict(file),
      prepareStamp: async () => prepared,
      prepareStore: async () => new Uint8Array(1),
      stamp: () => this.stamp(),
      derive: async (file) => this.next(file),
      changed: (_documents, waiting) => {
        this.waiting = waiting;
      },
      busy: () => this.busy,
      report: (code) => this.reports.push(code),
      now: () => new Date(this.now),
      chance: () => 0.5,
      schedule: (milliseconds, run) => {
        const timer = { at: this.now + milliseconds, run };
        this.timers.add(timer);
        return () => this.timers.delete(timer);
      },
    };
  }

  async rest(): Promise<void> {
    for (let turn = 0; turn < 100; turn += 1) await new Promise((resolve) => setImmediate(resolve));
  }

  /** Lets time pass to the next timer, and everything that follows from it. */
  async pass(milliseconds: number): Promise<void> {
    const end = this.now + milliseconds;
    for (;;) {
      const due = [...this.timers].filter((one) => one.at <= end).sort((x, y) => x.at - y.at)[0];
      if (due === undefined) break;
      this.timers.delete(due);
      this.now = due.at;
      due.run();
      await this.rest();
    }
    this.now = end;
  }
}

function opened(policy: Partial<LevelParts['policy']> = {}) {
  const place = new Place();
  const input = name('signed');
  place.files.set(input, 'B-B');
  const document = newDeskId();
  return { place, input, document, levels: createLevels(place.parts(policy)) };
}

const away = (): Promise<Uint8Array> => Promise.reject(new Failure('signing-timestamp-failed', 'nobody'));

describe('levels', () => {
  it('raise a signed file by stamp, store and stamp, each in the journal before the next', async () => {
    const { place, input, document, levels } = opened();
    await levels.want(document, input, 'B-B');
    await place.rest();
    expect(place.journal).toEqual(['wanted B-B', 'raised B-T', 'raised B-LT', 'raised B-LTA', 'ended ']);
    const [job] = levels.jobs(document);
    expect(job).toMatchObject({ state: 'reached', level: 'B-LTA', code: null });
    expect([job?.names.length, levels.newest(input)]).toEqual([4, job?.names.at(-1)]);
    expect(place.waiting).toBe(0);
  });

  it('tell who refused a stamp, in its own words, and forget them once it was given', async () => {
    const { place, input, document, levels } = opened();
    place.stamp = () =>
      Promise.reject(new StampRefused('signing-timestamp-refused', 'tsa.example: quá số lần', ''));
    await levels.want(document, input, 'B-B');
    await place.rest();
    expect(levels.jobs(document)[0]).toMatchObject({
      ...{ state: 'waiting', code: 'signing-timestamp-refused', said: 'tsa.example: quá số lần' },
    });
    place.stamp = async () => new Uint8Array(8);
    await place.pass(31_000);
    expect(levels.jobs(document)[0]).toMatchObject({ state: 'reached', said: '' });
  });

  it('say why they wait, try again by themselves, and go on where they were', async () => {
    const { place, input, document, levels } = opened();
    let stamps = 0;
    place.stamp = () => {
      stamps += 1;
      return stamps === 1 ? Promise.resolve(new Uint8Array(8)) : away();
    };
    await levels.want(document, input, 'B-B');
    await place.rest();
    expect(levels.jobs(document)[0]).toMatchObject({
      ...{ state: 'waiting', level: 'B-LT', code: 'signing-timestamp-failed' },
      notBefore: '1970-01-01T00:00:30.000Z',
    });
    expect(place.waiting).toBe(1);
    place.stamp = async () => new Uint8Array(8);
    await place.pass(31_000);
    expect(levels.jobs(document)[0]).toMatchObject({ state: 'reached', level: 'B-LTA' });
    expect(place.journal).toEqual(['wanted B-B', 'raised B-T', 'raised B-LT', 'raised B-LTA', 'ended ']);
  });

  it('take up after a restart what the journal has, from the newest file', async () => {
    const { place, input, document, levels } = opened();
    place.stamp = away;
    await levels.want(document, input, 'B-B');
    await place.rest();
    levels.close();
    place.stamp = async () => new Uint8Array(8);
    const again = createLevels(place.parts());
    again.start();
    await place.rest();
    expect(again.jobs(document)[0]).toMatchObject({ state: 'reached', level: 'B-LTA' });
    const third = createLevels(place.parts());
    expect(third.jobs(document)[0]).toMatchObject({ state: 'reached', level: 'B-LTA' });
  });

  it('wait for the time an authority gives, and say so', async () => {
    const { place, input, document, levels } = opened();
    place.stamp = () => Promise.reject(new StampLimited(600_000));
    await levels.want(document, input, 'B-B');
    await place.rest();
    expect(levels.jobs(document)[0]).toMatchObject({
      ...{ code: 'timestamp-limited', notBefore: '1970-01-01T00:10:00.000Z' },
    });
    place.stamp = async () => new Uint8Array(8);
    levels.wake(null);
    await place.rest();
    expect(levels.jobs(document)[0]?.state).toBe('waiting');
    await place.pass(600_001);
    expect(levels.jobs(document)[0]?.state).toBe('reached');
  });

  it('stop at a file that nothing makes better', async () => {
    const { place, input, document, levels } = opened();
    place.broken = true;
    await levels.want(document, input, 'B-B');
    await place.rest();
    expect(levels.jobs(document)[0]).toMatchObject({ state: 'stopped', code: 'earlier-signature-broken' });
    expect(place.journal.at(-1)).toBe('ended earlier-signature-broken');
  });

  it('hold sending no longer than policy says, and not at all when an authority failed', async () => {
    const { place, input, document, levels } = opened();
    place.stamp = () => new Promise(() => undefined);
    await levels.want(document, input, 'B-B');
    let settled = false;
    const settling = levels.settle(document).then(() => {
      settled = true;
    });
    await place.pass(4999);
    expect(settled).toBe(false);
    await place.pass(1);
    await settling;
    expect(() => levels.demand([input])).not.toThrow();

    const other = opened();
    other.place.stamp = away;
    await other.levels.want(other.document, other.input, 'B-B');
    await other.levels.settle(other.document);
    expect(other.place.now).toBe(0);
  });

  it('refuse to freeze below the level where policy requires it, and the lower file afterwards', async () => {
    const { place, input, document, levels } = opened({ beforeSending: 'required' });
    place.stamp = away;
    await levels.want(document, input, 'B-B');
    await levels.settle(document);
    expect(() => levels.demand([input])).toThrow(expect.objectContaining({ code: 'level-required' }));
    place.stamp = async () => new Uint8Array(8);
    await levels.settle(document);
    expect(() => levels.demand([input])).toThrow(expect.objectContaining({ code: 'level-required' }));
    expect(() => levels.demand([levels.newest(input) ?? input])).not.toThrow();
    expect(() => levels.demand([name('of somebody else')])).not.toThrow();
  });

  it('leave the reading host to whoever signs', async () => {
    const { place, input, document, levels } = opened();
    place.busy = true;
    await levels.want(document, input, 'B-B');
    await place.pass(60_000);
    expect(levels.jobs(document)[0]?.state).toBe('waiting');
    place.busy = false;
    await place.pass(1000);
    expect(levels.jobs(document)[0]?.state).toBe('reached');
  });

  it('ask nobody where no authority is named, and raise what was signed then once there is one', async () => {
    const { place, input, document, levels } = opened({ enabled: false });
    await levels.want(document, input, 'B-B');
    await levels.settle(document);
    await place.pass(3_600_000);
    expect([place.journal, levels.waiting(), place.waiting]).toEqual([['wanted B-B'], 0, 0]);
    const later = createLevels(place.parts());
    later.start();
    await place.rest();
    expect(later.jobs(document)[0]).toMatchObject({ state: 'reached', level: 'B-LTA' });
  });
});
