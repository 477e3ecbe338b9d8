import { beforeEach, describe, expect, it, vi } from 'vitest';
import { asSha256 } from '../../preload/contract/ids';
import { openBlob } from './blob-source';
import { firstPage } from './first-page';

vi.mock('./blob-source', () => ({ openBlob: vi.fn() }));
vi.mock('./small-page', () => ({ drawSmall: async () => undefined }));

const never = new Promise<never>(() => undefined);
const sha = (digit: string) => asSha256(digit.repeat(64));
const noPassword = async (): Promise<null> => null;

function opened(getPage: () => Promise<unknown>) {
  const close = vi.fn();
  vi.mocked(openBlob).mockResolvedValueOnce({ document: { getPage }, close } as never);
  return close;
}

beforeEach(() => {
  vi.stubGlobal('document', { createElement: () => ({}) });
});

describe('pictures of first pages', () => {
  it('close a file that is no longer wanted while its page is read, and go on with the next', async () => {
    const stop = new AbortController();
    let asked: () => void = () => undefined;
    const reading = new Promise<void>((resolve) => {
      asked = resolve;
    });
    const stuck = opened(() => {
      asked();
      return never;
    });
    const first = firstPage(sha('a'), 1, 100, stop.signal, noPassword);
    const second = firstPage(sha('b'), 1, 100, new AbortController().signal, noPassword);
    const close = opened(async () => ({}));
    await reading;
    stop.abort(new Error('scrolled away'));
    await expect(first).rejects.toThrow('scrolled away');
    expect(stuck).toHaveBeenCalled();
    await second;
    expect(close).toHaveBeenCalledTimes(1);
  });
});
