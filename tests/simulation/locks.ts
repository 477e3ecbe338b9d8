// The browser's locks as a model: one holder, the others in line; a holder that dies frees its lock.
import type { LockManagerLike } from '../../renderer/sync/leader';
import type { Life } from './life';

interface InLine {
  readonly life: Life;
  readonly grant: () => void;
}

export class Locks {
  private holder: Life | null = null;
  private line: InLine[] = [];

  of(life: Life): LockManagerLike {
    life.onDeath(() => {
      this.line = this.line.filter((one) => one.life !== life);
      if (this.holder === life) this.free();
    });
    return {
      request: (_name, { signal }, held) =>
        new Promise((resolve, reject) => {
          const grant = () => {
            this.holder = life;
            held().then((value) => {
              if (this.holder === life) this.free();
              resolve(value);
            }, reject);
          };
          signal.addEventListener('abort', () => {
            this.line = this.line.filter((one) => one.grant !== grant);
            reject(signal.reason);
          });
          this.line.push({ life, grant });
          if (this.holder === null) this.free();
        }),
    };
  }

  private free(): void {
    this.holder = null;
    this.line.shift()?.grant();
  }
}
