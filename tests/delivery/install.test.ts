// The deb as a clerk gets it: installed by root, started by an ordinary account, worked from outside. No debugging port helps
// here, since a packed application has none.
import { accessSync, constants, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { stateFolder } from '../desk/launch';
import { openWorld, type World } from '../e2e/support/world';
import { install, installedVersion, program } from './support/packages';
import { listeningPorts, processesOf } from './support/processes';
import { openSession, type Session } from './support/session';

let world: World;
let session: Session;

beforeAll(async () => {
  install('first');
  world = await openWorld({ name: 'delivery-install', seeds: 'samples' });
  await world.startHub();
  session = await openSession('install', stateFolder('home-install'));
}, 300_000);

afterAll(async () => {
  await session?.close();
  await world?.close();
});

const alive = () => processesOf(program);

describe('an installed package', () => {
  it('is registered with the system and lies where the user cannot write', () => {
    expect(installedVersion()).toBe('9.0.0');
    for (const path of [
      program,
      '/opt/van-thu',
      '/opt/van-thu/resources',
      '/opt/van-thu/resources/app.asar',
    ]) {
      expect(statSync(path).uid).toBe(0);
      expect(() => accessSync(path, constants.W_OK)).toThrow();
    }
  });

  it('refuses to start with a debugger, or without its sandbox', async () => {
    for (const refused of ['--remote-debugging-port=0', '--remote-debugging-pipe', '--no-sandbox']) {
      const child = session.start([program, `--profile=${world.profile}`, refused], world.env);
      const code = await new Promise((done) => child.once('exit', done));
      expect([refused, code]).toEqual([refused, 3]);
    }
    // The fuses make these two nothing at all: neither Node nor its inspector answers.
    const out = join(stateFolder('home-install'), 'ran-as-node');
    const node = session.start([program, '-e', `require('fs').writeFileSync('${out}', '')`], {
      ...world.env,
      ELECTRON_RUN_AS_NODE: '1',
    });
    await new Promise((done) => {
      node.once('exit', done);
      setTimeout(() => node.kill('SIGKILL'), 5000);
    });
    expect(() => statSync(out)).toThrow();
  });

  it('starts for an ordinary account with every page in its sandbox and no port open', async () => {
    session.start([program, `--profile=${world.profile}`, '--force-renderer-accessibility'], world.env);
    await session.must({ do: 'find', role: 'entry', name: 'Số đến cuối', wait: 300 });
    const all = alive();
    expect(new Set(all.map((one) => one.user))).toEqual(new Set([process.getuid?.()]));
    const pages = all.filter(
      (one) => one.commandLine.includes('--type=renderer') || one.commandLine.includes('--type=zygote'),
    );
    expect(pages.length).toBeGreaterThan(0);
    const main = all.find((one) => !one.commandLine.includes('--type='));
    const confined = all.filter((one) => one.seccomp === 2 && one.noNewPrivileges);
    expect(confined.length).toBeGreaterThan(0);
    expect(all.some((one) => one.commandLine.includes('--no-sandbox'))).toBe(false);
    expect(listeningPorts(main?.pid ?? 0)).toEqual([]);
    process.kill(main?.pid ?? 0, 'SIGUSR1');
    await session.must({ do: 'find', role: 'entry', name: 'Số đến cuối' });
    expect(listeningPorts(main?.pid ?? 0)).toEqual([]);
  });

  it('receives, checks and registers a document', async () => {
    await session.must({ do: 'window', name: 'Văn Thư' });
    await session.must({ do: 'fill', role: 'entry', name: 'Số đến cuối', text: '0' });
    await session.must({ do: 'fill', role: 'entry', name: 'Số đi cuối', text: '0' });
    await session.must({ do: 'press', role: 'push button', name: 'Lưu và bắt đầu' });
    await session.must({ do: 'find', role: 'push button', name: '^Chờ tiếp nhận 1[0-9]', wait: 240 });
    await session.must({ do: 'find', role: 'paragraph', name: '', wait: 30 });
    await session.must({ do: 'press', role: 'push button', name: '^Tiếp nhận, đăng ký', wait: 240 });
    await session.must({ do: 'find', role: 'push button', name: '^Chờ trình 1', wait: 240 });
  });
});
