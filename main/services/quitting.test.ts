import { describe, expect, it } from 'vitest';
import { createQuitting } from './quitting';

function program(hasWindow = true) {
  const said: string[] = [];
  let timer: (() => void) | null = null;
  const quitting = createQuitting({
    ask: () => {
      said.push('asked');
      return hasWindow;
    },
    unanswered: () => said.push('nothing heard'),
    leave: () => said.push('left'),
    schedule: (_milliseconds, run) => {
      timer = run;
      return () => {
        timer = null;
      };
    },
  });
  return { quitting, said, late: () => timer?.(), waits: () => timer !== null };
}

describe('the end of the program', () => {
  it('comes when the window says that nothing is unsent', () => {
    const { quitting, said } = program();
    quitting.want();
    quitting.answer('now');
    quitting.answer('now');
    expect(said).toEqual(['asked', 'left']);
  });

  it('comes without a window, and with one that says nothing in time', () => {
    const alone = program(false);
    alone.quitting.want();
    expect(alone.said).toEqual(['asked', 'left']);
    const mute = program();
    mute.quitting.want();
    expect(mute.said).toEqual(['asked']);
    mute.late();
    expect(mute.said).toEqual(['asked', 'nothing heard', 'left']);
  });

  it('waits for a person as long as the person likes, and not at all when the machine goes down', () => {
    const { quitting, said, waits } = program();
    quitting.want();
    quitting.answer('asking');
    expect(waits()).toBe(false);
    quitting.want();
    expect(said).toEqual(['asked']);
    quitting.leaveNow();
    expect(said).toEqual(['asked', 'left']);
  });

  it('does not come when the person stays, and may be wanted again', () => {
    const { quitting, said, late } = program();
    quitting.want();
    quitting.answer('asking');
    quitting.answer('stay');
    late();
    expect(said).toEqual(['asked']);
    quitting.want();
    quitting.answer('now');
    expect(said).toEqual(['asked', 'asked', 'left']);
  });

  it('is not brought about by a window that nobody asked', () => {
    const { quitting, said } = program();
    quitting.answer('now');
    expect(said).toEqual([]);
  });
});
