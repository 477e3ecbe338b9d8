// A desktop session for a packed application: a display, a message bus, the application as an ordinary account starts it, and
// hands that work it from outside (AT-SPI, xdotool). It asserts nothing.
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, openSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { createInterface, type Interface } from 'node:readline';
import { openDisplay } from '../../desk/display';
import { stateFolder } from '../../desk/launch';

/** One request to the hands; see hands.py. */
export interface Wish {
  readonly do: 'find' | 'press' | 'fill' | 'focus' | 'window' | 'key' | 'type' | 'dump' | 'apps';
  readonly role?: string;
  readonly name?: string;
  readonly text?: string;
  readonly keys?: string;
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
  /** The environment of a program in this session. */
  readonly env: Readonly<Record<string, string>>;
  /** Starts a program of the session; its output goes to a file below the state folder. */
  start(command: readonly string[], more?: Readonly<Record<string, string>>): ChildProcess;
  ask(wish: Wish): Promise<Seen>;
  /** As `ask`, but what is not there or not done is an error that shows the whole tree. */
  must(wish: Wish): Promise<Seen>;
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

function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((done) => child.once('exit', () => done()));
}

/** Opens a session of its own display and bus. */
export async function openSession(name: string, home: string): Promise<Session> {
  const display = await openDisplay('1366x768', true);
  const runtime = stateFolder(`session-${name}`);
  mkdirSync(runtime, { recursive: true, mode: 0o700 });
  mkdirSync(home, { recursive: true, mode: 0o700 });
  const base = {
    PATH: process.env.PATH ?? '/usr/bin:/bin',
    LANG: 'C.UTF-8',
    HOME: home,
    DISPLAY: display.name,
    XDG_RUNTIME_DIR: runtime,
  };
  const bus = spawn('dbus-daemon', ['--session', '--nofork', '--print-address=1'], {
    env: base,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  // Chromium builds its tree for assistive technology when it is told that there is some.
  const env = { ...base, DBUS_SESSION_BUS_ADDRESS: await firstLine(bus), ACCESSIBILITY_ENABLED: '1' };
  const started: ChildProcess[] = [];
  let hands: { readonly child: ChildProcess; readonly lines: Interface } | undefined;

  async function ask(wish: Wish): Promise<Seen> {
    if (hands === undefined) {
      const child = spawn('python3', [resolve('tests/delivery/support/hands.py')], {
        env,
        stdio: ['pipe', 'pipe', 'ignore'],
      });
      if (child.stdout === null) throw new Error('no stdout');
      hands = { child, lines: createInterface(child.stdout) };
    }
    const { child, lines } = hands;
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

  return {
    env,
    ask,
    start(command, more = {}) {
      const output = openSync(join(runtime, `${started.length}.log`), 'w');
      const [program = '', ...args] = command;
      const child = spawn(program, args, {
        cwd: home,
        env: { ...env, ...more },
        stdio: ['ignore', output, output],
      });
      started.push(child);
      return child;
    },
    async must(wish) {
      const seen = await ask(wish);
      if (seen.error === undefined && seen.found === true && seen.done !== false) return seen;
      const tree = await ask({ do: 'dump' });
      const logs = readdirSync(runtime)
        .filter((file) => file.endsWith('.log'))
        .map((file) => readFileSync(join(runtime, file), 'utf8'));
      throw new Error(
        [JSON.stringify(wish), JSON.stringify(seen), ...(tree.lines ?? []), ...logs]
          .join('\n')
          .slice(0, 20_000),
      );
    },
    async close() {
      hands?.child.kill();
      for (const child of started) child.kill('SIGKILL');
      bus.kill();
      await Promise.all([...started, bus].map(ended));
      display.stop();
    },
  };
}
