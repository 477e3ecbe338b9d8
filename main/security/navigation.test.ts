import { describe, expect, it } from 'vitest';
import { mayNavigate } from './navigation';

describe('a window', () => {
  const own = 'app://desk/index.html';

  it('may reload its own page and go to a place in it', () => {
    for (const to of [own, `${own}#a`, `${own}?x=1`]) expect(mayNavigate(own, to), to).toBe(true);
  });

  it('may go nowhere else', () => {
    const elsewhere = [
      'http://x/?next=app://desk',
      'app://pin/pin.html',
      'app://desk.evil/index.html',
      'app://desk@evil/index.html',
      'app://desk:1/index.html',
      'app://desk/app.js',
      'app://blob/aa',
      'file:///etc/passwd',
      'about:blank',
      'javascript:1',
      '',
    ];
    for (const to of elsewhere) expect(mayNavigate(own, to), to).toBe(false);
  });

  it('that is not on a page of ours goes nowhere by itself', () => {
    expect(mayNavigate('about:blank', own)).toBe(false);
  });
});
