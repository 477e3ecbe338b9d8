// How often each time-stamping authority may be asked: a sliding count of requests, kept over restarts by its owner. Pure: it has
// no clock of its own and asks nobody.

export interface BudgetRule {
  readonly requests: number;
  readonly minutes: number;
}

/** When each authority was asked, milliseconds since 1970, oldest first. */
export type Asked = ReadonlyMap<string, readonly number[]>;

function recent(asked: Asked, url: string, rule: BudgetRule, now: number): readonly number[] {
  const from = now - rule.minutes * 60_000;
  // What lies in the future was written by a wrong clock.
  return (asked.get(url) ?? []).filter((at) => at > from && at <= now);
}

/** When this authority may be asked, `now` when at once. */
export function mayAskAt(asked: Asked, url: string, rule: BudgetRule, now: number): number {
  const last = recent(asked, url, rule, now);
  const first = last[last.length - rule.requests];
  return first === undefined ? now : first + rule.minutes * 60_000 + 1;
}

/** The count after one more request. */
export function afterAsking(asked: Asked, url: string, rule: BudgetRule, now: number): Asked {
  return new Map(asked).set(url, [...recent(asked, url, rule, now), now]);
}
