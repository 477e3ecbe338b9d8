// The table of a run of faults: a line for each call and moment, with how its cases ended. It asserts nothing.
import type { FaultCase, Moment } from './plan';

export interface Ended {
  readonly what: FaultCase;
  readonly code: string;
  readonly logins: number;
  readonly typed: boolean;
}

const momentWords: Readonly<Record<Moment, string>> = { look: 'trước mã PIN', pin: 'sau mã PIN' };

/** Markdown, in the order of the calls. */
export function tableOf(ended: readonly Ended[]): string {
  const lines = new Map<string, Ended[]>();
  for (const one of ended) {
    const key = `${momentWords[one.what.moment]} | ${one.what.call}`;
    lines.set(key, [...(lines.get(key) ?? []), one]);
  }
  const rows = [...lines].map(([key, all]) => {
    const codes = new Map<string, number>();
    for (const { code } of all) codes.set(code, (codes.get(code) ?? 0) + 1);
    const words = [...codes].sort((a, b) => b[1] - a[1]).map(([code, count]) => `${code} ${count}`);
    const typed = all.filter((one) => one.typed).length;
    const logins = all.reduce((sum, one) => sum + one.logins, 0);
    return `| ${key} | ${all.length} | ${typed} | ${logins} | ${words.join(', ')} |`;
  });
  return [
    '| lúc | lời gọi | trường hợp | mã PIN đã nhập | C_Login | kết quả |',
    '|---|---|---|---|---|---|',
    ...rows.sort(),
  ].join('\n');
}
