import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { closeAfterwards } from './close-afterwards';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('a file that is no longer shown', () => {
  it('is closed a second later, when the next one is on the screen', () => {
    const close = vi.fn();
    closeAfterwards({ drawings: { isIdle: true }, close });
    vi.advanceTimersByTime(999);
    expect(close).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1);
    expect(close).toHaveBeenCalledTimes(1);
  });

  it('is closed at once while a page of it is being drawn: it may hold the worker', () => {
    const close = vi.fn();
    closeAfterwards({ drawings: { isIdle: false }, close });
    expect(close).toHaveBeenCalledTimes(1);
  });
});
