// A desktop session for a packed application: a display, a message bus, the application as an ordinary account starts it, and
// hands that work it from outside (AT-SPI, xdotool). It asserts nothing.
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, openSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface, type Interface } from 'node:readline';
import { openDisplay } from '../../desk/display';
import { stateFolder } from '../../desk/launch';
import { endAll, processesOfProfile, processesWith } from './processes';

/** One request to the hands; see hands.py. */
export interface Wish {
  readonly do:
    | 'find'
    | 'press'
    | 'fill'
    | 'focus'
    | 'window'
    | 'choose'
    | 'key'
    | 'type'
    | 'dump'
    | 'apps'
    | 'picture';
  readonly role?: string;
  readonly name?: string;
  readonly text?: string;
  readonly keys?: string;
  /** What stands in it, as a regular expression; only looked at by `find`. */
  readonly holds?: string;
  /** Seconds. */
  readonly wait?: number;
  readonly enabled?: boolean;
  /** The field does not tell what stands in it. */
  readonly secret?: boolean;
}

export interface Seen {
  readonly found?: boolean;
  readonly done?: boolean;
  readonly text?: string;
  readonly name?: string;
  readonly lines?: readonly string[];
  readonly error?: string;
}

export interface Session {
  /** Starts a program of the session; its output goes to a file below the state folder. */
  start(command: readonly string[], more?: Readonly<Record<string, string>>): ChildProcess;
  /** Ends whatever was started here, and what that started in its turn, also after an update by itself. */
  endPrograms(): Promise<void>;
  ask(wish: Wish): Promise<Seen>;
  /** As `ask`, but what is not there or not done is an error that shows the whole tree. */
  must(wish: Wish): Promise<Seen>;
  /** An error that shows the whole tree, what its programs said, and where a picture of the screen lies. */
  explain(what: string): Promise<Error>;
  /** All that its programs have written to their output. */
  said(): string;
  close(): Promise<void>;
}

function firstLine(child: ChildProcess): Promise<string> {
  return new Promise((done, failed) => {
    child.once('error', failed);
    child.once('exit', (code) => failed(new Error(`ended with ${String(code)}`)));
    if (child.stdout === null) return failed(new Error('no stdout'));
    createInterface(child.stdout).once('line', done);
  });
}

/** Resolves with the exit code of a child, also when it has ended before; null after a signal. */
export function ended(child: ChildProcess): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve(child.exitCode);
  return new Promise((done) => child.once('exit', done));
}

/** Opens a session of its own display and bus, for the application on one profile. */
export async function openSession(name: string, home: string, profile: string): Promise<Session> {
  const display = await openDisplay('1366x768', true);
  const runtime = stateFolder(`session-${name}`);
  rmSync(runtime, { recursive: true, force: true });
  mkdirSync(runtime, { recursive: true, mode: 0o700 });
  mkdirSync(home, { recursive: true, mode: 0o700 });
  // Short, for the names of sockets; and its own, since an AppImage that is killed leaves what it unpacked.
  const temporary = mkdtempSync(join(tmpdir(), 'vt-'));
  const base = {
    PATH: process.env.PATH ?? '/usr/bin:/bin',
    LANG: 'C.UTF-8',
    HOME: home,
    DISPLAY: display.name,
    XDG_RUNTIME_DIR: runtime,
    TMPDIR: temporary,
  };
  const bus = spawn('dbus-daemon', ['--session', '--nofork', '--print-address=1'], {
    env: base,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  // Chromium builds its tree for assistive technology when it is told that there is some.
  const env = { ...base, DBUS_SESSION_BUS_ADDRESS: await firstLine(bus), ACCESSIBILITY_ENABLED: '1' };
  /** By what the servants of this session are known; the application itself writes over its environment. */
  const mark = `XDG_RUNTIME_DIR=${runtime}`;
  let programs = 0;
  let hands: { readonly child: ChildProcess; readonly lines: Interface } | undefined;

  async function ask(wish: Wish): Promise<Seen> {
    if (hands === undefined) {
      const child = spawn('python3', [resolve('tests/delivery/support/hands.py')], {
        env,
        stdio: ['pipe', 'pipe', openSync(join(runtime, 'hands.log'), 'a')],
      });
      if (child.stdout === null) throw new Error('no stdout');
      hands = { child, lines: createInterface(child.stdout) };
    }
    const { child, lines } = hands;
    if (child.exitCode !== null || child.signalCode !== null) throw new Error('the hands are gone');
    const answer = new Promise<Seen>((done, failed) => {
      const gone = (): void => failed(new Error('the hands are gone'));
      child.once('exit', gone);
      lines.once('line', (line) => {
        child.off('exit', gone);
        done(JSON.parse(line) as Seen);
      });
    });
    child.stdin?.write(`${JSON.stringify(wish)}\n`);
    return answer;
  }

  const endPrograms = (): Promise<void> => endAll(() => processesOfProfile(profile));

  const said = (): string =>
    readdirSync(runtime)
      .filter((file) => file.endsWith('.log'))
      .map((file) => readFileSync(join(runtime, file), 'utf8'))
      .join('\n');

  let pictures = 0;
  async function explain(what: string): Promise<Error> {
    pictures += 1;
    const picture = stateFolder(`delivery-${name}-${pictures}.png`);
    const { error } = await ask({ do: 'picture', text: picture });
    const tree = await ask({ do: 'dump' });
    const lines = [what, `screen: ${error ?? picture}`, ...(tree.lines ?? []), said()];
    return new Error(lines.join('\n').slice(0, 20_000));
  }

  return {
    ask,
    said,
    explain,
    endPrograms,
    start(command, more = {}) {
      const output = openSync(join(runtime, `${programs}.log`), 'w');
      const [program = '', ...args] = command;
      const child = spawn(program, args, {
        cwd: home,
        env: { ...env, ...more },
        stdio: ['ignore', output, output],
      });
      programs += 1;
      return child;
    },
    async must(wish) {
      const seen = await ask(wish);
      if (seen.error === undefined && seen.found === true && seen.done !== false) return seen;
      throw await explain(`${JSON.stringify(wish)}\n${JSON.stringify(seen)}`);
    },
    async close() {
      await endPrograms();
      await endAll(() => processesWith(mark));
      display.stop();
      rmSync(temporary, { recursive: true, force: true });
    },
  };
}
