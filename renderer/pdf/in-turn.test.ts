import { describe, expect, it } from 'vitest';
import { InTurn, untilAborted } from './in-turn';

const never = new Promise<never>(() => undefined);
const wanted = (): AbortSignal => new AbortController().signal;

describe('work in turn', () => {
  it('begins when what came before is done, also when that failed', async () => {
    const line = new InTurn();
    const steps: string[] = [];
    const work = (name: string) => async (): Promise<string> => {
      steps.push(`${name} begins`);
      await Promise.resolve();
      steps.push(`${name} ends`);
      if (name === 'b') throw new Error(name);
      return name;
    };
    const all = ['a', 'b', 'c'].map((name) => line.run(work(name), wanted()));
    expect(await Promise.allSettled(all)).toMatchObject([
      { value: 'a' },
      { reason: { message: 'b' } },
      { value: 'c' },
    ]);
    expect(steps).toEqual(['a', 'b', 'c'].flatMap((name) => [`${name} begins`, `${name} ends`]));
  });

  it('is not held up by work that was given up and never answers', async () => {
    const line = new InTurn();
    const stop = new AbortController();
    const stuck = line.run(() => never, stop.signal);
    const next = line.run(async () => 'next', wanted());
    stop.abort(new Error('closed'));
    await expect(stuck).rejects.toThrow('closed');
    expect(await next).toBe('next');
  });

  it('is not begun once nobody wants it', async () => {
    const line = new InTurn();
    const stop = new AbortController();
    stop.abort(new Error('gone'));
    let begun = false;
    const work = async (): Promise<void> => {
      begun = true;
    };
    await expect(line.run(work, stop.signal)).rejects.toThrow('gone');
    expect(begun).toBe(false);
  });

  it('passes on what fails at once', async () => {
    const failing = (): Promise<never> => {
      throw new Error('at once');
    };
    await expect(new InTurn().run(failing, wanted())).rejects.toThrow('at once');
  });
});

describe('what is waited for until it is given up', () => {
  it('gives its own answer or reason, and the reason it was given up for', async () => {
    expect(await untilAborted(Promise.resolve(1), wanted())).toBe(1);
    await expect(untilAborted(Promise.reject(new Error('own')), wanted())).rejects.toThrow('own');
    await expect(untilAborted(never, AbortSignal.abort(new Error('given up')))).rejects.toThrow('given up');
  });
});
