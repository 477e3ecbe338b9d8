// Reads what strace wrote and answers questions of order: what was durable before what left. Pure.

/** One system call. `begun` and `ended` are places in the trace; a call that never came back has `ended` null. */
export interface Call {
  readonly thread: number;
  readonly name: string;
  /** The file or connection of the first argument, as strace -yy names it; '' where it names none. */
  readonly target: string;
  /** All arguments as strace shows them. */
  readonly words: string;
  readonly begun: number;
  readonly ended: number | null;
  /** What came back; null while it did not. Failures are negative. */
  readonly result: number | null;
}

const line = /^(\d+) +[\d.]+ (.*)$/;
const resumed = /^<\.\.\. (\w+) resumed>(.*)$/;
const started = /^(\w+)\((.*)$/;
const came = /\) += (-?\d+)[^=]*$/;
/** A TCP target has an arrow in it, so it ends at its bracket. */
const named = /^-?\w+<(TCP(?:v6)?:\[[^\]]*\]|[^>]*)>/;

function resultOf(words: string): number | null {
  const found = came.exec(words);
  return found === null ? null : Number(found[1]);
}

/** The calls of a trace made with `strace -f -ttt -yy -o FILE`, in the order they began. Lines of other kinds are passed over. */
export function parseTrace(text: string): Call[] {
  const calls: Call[] = [];
  const open = new Map<string, number>();
  text.split('\n').forEach((raw, place) => {
    const [, pid = '', rest = ''] = line.exec(raw) ?? [];
    if (pid === '') return;
    const thread = Number(pid);
    const back = resumed.exec(rest);
    if (back !== null) {
      const [, name = '', words = ''] = back;
      const at = open.get(`${thread} ${name}`);
      const before = at === undefined ? undefined : calls[at];
      if (at === undefined || before === undefined) return;
      open.delete(`${thread} ${name}`);
      calls[at] = { ...before, words: before.words + words, ended: place, result: resultOf(words) };
      return;
    }
    const begun = started.exec(rest);
    if (begun === null) return;
    const [, name = '', all = ''] = begun;
    const unfinished = / ?<unfinished \.\.\.>$/.test(all);
    const words = all.replace(/ ?<unfinished \.\.\.>$/, '');
    if (unfinished) open.set(`${thread} ${name}`, calls.length);
    calls.push({
      thread,
      name,
      target: named.exec(words)?.[1] ?? '',
      words,
      begun: place,
      ended: unfinished ? null : place,
      result: unfinished ? null : resultOf(words),
    });
  });
  return calls;
}

const isSync = (call: Call): boolean =>
  (call.name === 'fsync' || call.name === 'fdatasync') && call.result === 0;

/** A sync of a file or folder whose name fits. */
export function syncOf(pattern: RegExp): (call: Call) => boolean {
  return (call) => isSync(call) && pattern.test(call.target);
}

/** The first bytes of a request whose request line fits, on a connection. */
export function requestOf(pattern: RegExp): (call: Call) => boolean {
  return (call) =>
    ['write', 'writev', 'sendto', 'sendmsg'].includes(call.name) &&
    call.target.startsWith('TCP') &&
    pattern.test(call.words);
}

export interface Step {
  readonly name: string;
  readonly fits: (call: Call) => boolean;
}

/**
 * Finds the steps one after another, each begun after the one before had come back, from `from` on. Gives the calls, or the
 * name of the first step that is missing.
 */
export function inOrder(calls: readonly Call[], steps: readonly Step[], from = -1): readonly Call[] | string {
  const found: Call[] = [];
  let after = from;
  for (const step of steps) {
    const call = calls.find((one) => one.begun > after && step.fits(one));
    if (call === undefined) return step.name;
    found.push(call);
    after = call.ended ?? Number.POSITIVE_INFINITY;
  }
  return found;
}

function pathsOf(rename: Call): readonly string[] {
  return [...rename.words.matchAll(/"((?:[^"\\]|\\.)*)"/g)].map((one) => one[1] ?? '');
}

/**
 * Files below `folder` that got their name between two places of the trace without being synced before it, or whose folder
 * was not synced between it and the second place.
 */
export function unsyncedNames(
  calls: readonly Call[],
  folder: string,
  from: number,
  to: number,
): { readonly named: number; readonly faults: readonly string[] } {
  const faults: string[] = [];
  const renames = calls.filter(
    (call) => /^rename/.test(call.name) && call.result === 0 && call.begun > from && call.begun < to,
  );
  let count = 0;
  for (const rename of renames) {
    const [source = '', target = ''] = pathsOf(rename);
    if (!target.startsWith(folder)) continue;
    count += 1;
    const before = calls.some(
      (call) => isSync(call) && call.target === source && (call.ended ?? to) < rename.begun,
    );
    if (!before) faults.push(`${target}: its bytes were not synced before it got its name`);
    const parent = target.slice(0, target.lastIndexOf('/'));
    const after = calls.some(
      (call) =>
        isSync(call) &&
        call.target === parent &&
        call.begun > (rename.ended ?? to) &&
        (call.ended ?? to) < to,
    );
    if (!after) faults.push(`${target}: its folder was not synced`);
  }
  return { named: count, faults };
}
