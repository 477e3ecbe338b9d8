// Starts the real application on a profile and gives its windows to a test or the demo. It knows no screen.
import { spawnSync } from 'node:child_process';
import { join, resolve } from 'node:path';
import { _electron, type ElectronApplication, type Page } from 'playwright-core';
import { testIds } from '../../renderer/app/test-ids';
import { openDisplay } from './display';

export interface RunningDesk {
  readonly app: ElectronApplication;
  readonly page: Page;
  /** The process of main, for kills. */
  readonly pid: number;
  /** Ends the application as a person would who leaves what is unsent for later. */
  quit(): Promise<void>;
  /** SIGKILL to main and everything it started. */
  kill(): Promise<void>;
}

export interface LaunchWish {
  readonly profile: string;
  readonly env: Readonly<Record<string, string>>;
}

let display: Promise<Awaited<ReturnType<typeof openDisplay>>> | undefined;

/** The display of this run: present or an Xvfb of our own, started once. */
export function sharedDisplay(): Promise<Awaited<ReturnType<typeof openDisplay>>> {
  display ??= openDisplay('1366x768', process.env.VAN_THU_SHOW !== '1');
  return display;
}

/** Ends the display of this run. */
export async function closeDisplay(): Promise<void> {
  (await display)?.stop();
  display = undefined;
}

/** Every process below this one, itself first. */
export function familyOf(pid: number): number[] {
  const list = spawnSync('ps', ['-eo', 'pid=,ppid='], { encoding: 'utf8' }).stdout;
  const children = new Map<number, number[]>();
  for (const line of list.trim().split('\n')) {
    const [child = 0, parent = 0] = line.trim().split(/\s+/).map(Number);
    children.set(parent, [...(children.get(parent) ?? []), child]);
  }
  const family = [pid];
  for (let at = 0; at < family.length; at += 1) family.push(...(children.get(family[at] ?? 0) ?? []));
  return family;
}

/** The desk itself gives up closing after a quarter of a minute. */
const longestEnd = 90_000;

/** Waits for the end; of a desk that does not come to it, what each of its processes is doing. */
async function demandEnd(closed: Promise<unknown>, pid: number, errors: readonly string[]): Promise<void> {
  let late: NodeJS.Timeout | undefined;
  const tooLate = new Promise<never>((_, reject) => {
    late = setTimeout(() => {
      const columns = 'pid=,ppid=,stat=,wchan:24=,etimes=,args=';
      const { stdout } = spawnSync('ps', ['-o', columns, '-p', familyOf(pid).join()], { encoding: 'utf8' });
      const said = errors.join('').slice(-2000);
      // Its profile and its display are free for the tests after it.
      for (const one of familyOf(pid).reverse()) spawnSync('kill', ['-KILL', String(one)]);
      reject(new Error(`the desk did not end within ${longestEnd} ms:\n${stdout}\n${said}`));
    }, longestEnd);
  });
  try {
    await Promise.race([closed, tooLate]);
  } finally {
    clearTimeout(late);
  }
}

/** Starts the application and waits for its first window. */
export async function launchDesk(wish: LaunchWish): Promise<RunningDesk> {
  const electron = process.env.VAN_THU_ELECTRON;
  if (electron === undefined) throw new Error('VAN_THU_ELECTRON is not set: run it by the project’s scripts');
  const { name } = await sharedDisplay();
  const env: Record<string, string> = { ...wish.env, DISPLAY: name };
  for (const key of ['PATH', 'HOME', 'LANG']) {
    const value = process.env[key];
    if (value !== undefined) env[key] = value;
  }
  const app = await _electron.launch({
    executablePath: electron,
    args: [resolve('.'), `--profile=${wish.profile}`],
    cwd: resolve('.'),
    env,
    timeout: 60_000,
    // Playwright would add --no-sandbox of its own accord.
    chromiumSandbox: true,
  });
  const child = app.process();
  const pid = child.pid ?? 0;
  const errors: string[] = [];
  child.stderr?.on('data', (chunk: Buffer) => errors.push(chunk.toString('utf8')));
  try {
    const page = await app.firstWindow({ timeout: 60_000 });
    return {
      app,
      page,
      pid,
      async quit() {
        const closed = app.close();
        // Asked about unsent packages, a test leaves them for the next start.
        const leaving = page.getByTestId(testIds.quit.now).click({ timeout: 60_000 });
        const ended = Promise.race([closed, leaving.catch(() => closed)]).then(() => closed);
        await demandEnd(ended, pid, errors);
      },
      async kill() {
        if (child.exitCode !== null || child.signalCode !== null) return;
        const gone = new Promise<void>((done) => child.once('exit', () => done()));
        for (const one of familyOf(pid)) {
          try {
            process.kill(one, 'SIGKILL');
          } catch (error) {
            if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
          }
        }
        await gone;
      },
    };
  } catch (error) {
    child.kill('SIGKILL');
    throw new Error(`the window did not open: ${String(error)}\n${errors.join('')}`);
  }
}

/** Where a test keeps its profile, below the state folder of this run. */
export function stateFolder(name: string): string {
  return join(process.env.VAN_THU_STATE ?? resolve('out/state'), name);
}
