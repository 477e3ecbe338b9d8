// What a long run of faults keeps of its ended cases, a line each, so that the same seed goes on where it was cut. A case that
// ended wrong is run again; a run that is complete begins anew.
import { appendFileSync, existsSync, readFileSync, rmSync } from 'node:fs';
import { type FaultCase, nameOf } from './plan';
import type { Ended } from './table';

export interface Report {
  /** Cases that ended as they should in an earlier part of this run. */
  readonly before: readonly Ended[];
  readonly add: (ended: Ended, wrong: string) => void;
}

interface Line {
  readonly name: string;
  readonly ended: Ended;
  readonly wrong: string;
}

/** The report in a file; the last line about a case counts. A line that was cut in the middle is no line. */
export function openReport(file: string, cases: readonly FaultCase[]): Report {
  const right = new Map<string, Ended>();
  for (const text of existsSync(file) ? readFileSync(file, 'utf8').split('\n') : []) {
    if (!text.endsWith('}')) continue;
    const { name, ended, wrong } = JSON.parse(text) as Line;
    if (wrong === '') right.set(name, ended);
    else right.delete(name);
  }
  const before = cases.flatMap((one) => right.get(nameOf(one)) ?? []);
  const complete = before.length === cases.length;
  if (complete) rmSync(file, { force: true });
  return {
    before: complete ? [] : before,
    add: (ended, wrong) =>
      appendFileSync(file, `${JSON.stringify({ name: nameOf(ended.what), ended, wrong } satisfies Line)}\n`),
  };
}
