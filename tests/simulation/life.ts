// A process of the simulation that can be gone at any of its steps: each effect outside itself passes one, and from the drawn
// one on nothing of it happens any more. Whatever waited inside it waits for ever, as in a process that was killed.

/** Never settles: what a dead process sees of everything it asked for. */
export function never<T>(): Promise<T> {
  return new Promise(() => undefined);
}

/** Counts everything that happens, so that a world can tell when nothing happens any more. */
export class Pulse {
  beats = 0;
}

export class Life {
  private left = Number.POSITIVE_INFINITY;
  private gone = false;
  private readonly mourners: (() => void)[] = [];

  constructor(private readonly pulse: Pulse) {}

  get dead(): boolean {
    return this.gone;
  }

  /** It is gone when it would take its `steps`-th step from now (0: the next one). */
  dieIn(steps: number): void {
    this.left = Math.min(this.left, steps);
  }

  /** The drawn death does not come. */
  spare(): void {
    this.left = Number.POSITIVE_INFINITY;
  }

  die(): void {
    if (this.gone) return;
    this.gone = true;
    for (const mourn of this.mourners) mourn();
  }

  onDeath(mourn: () => void): void {
    this.mourners.push(mourn);
  }

  /** True while it lives through this step; called right before an effect and right after it. */
  step(): boolean {
    this.pulse.beats += 1;
    if (this.gone) return false;
    if (this.left <= 0) {
      this.die();
      return false;
    }
    this.left -= 1;
    return true;
  }

  /** An effect with a step on either side. */
  async through<T>(effect: () => T | Promise<T>): Promise<T> {
    if (!this.step()) return never();
    const value = await effect();
    return this.step() ? value : never();
  }
}
