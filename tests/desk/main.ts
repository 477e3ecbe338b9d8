// `npm start`: the sandbox and the desk on it, until the window is closed. `--fresh` makes the sandbox anew.
import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { dayOf } from '../../preload/contract/ids';
import { openSandbox, writeProfile } from '../sandbox/sandbox';
import { openDisplay } from './display';

async function main(): Promise<void> {
  const state = process.env.VAN_THU_STATE;
  const electron = process.env.VAN_THU_ELECTRON;
  if (state === undefined || electron === undefined)
    throw new Error('started without VAN_THU_STATE, VAN_THU_ELECTRON');
  const folder = join(state, 'sandbox');
  if (process.argv.includes('--fresh')) rmSync(folder, { recursive: true, force: true });
  const leader = process.argv.includes('--leader');
  process.stderr.write(
    'Đang chuẩn bị hộp cát: trục liên thông, chứng thư số, thiết bị ký số, văn bản mẫu…\n',
  );
  const sandbox = await openSandbox({ folder, programs: resolve('out/sandbox'), today: dayOf(new Date()) });
  await sandbox.startHub();
  const profile = join(folder, leader ? 'profile-leader' : 'profile-clerk');
  writeProfile(folder, {
    folder: profile,
    profile: leader ? 'leader' : 'clerk',
    endpoint: sandbox.endpoint,
    systemId: sandbox.record.systemId,
    secretFrom: 'VAN_THU_HUB_SECRET',
    plainHttpHosts: ['127.0.0.1'],
    syncSeconds: 10,
    timeStamps: true,
  });
  const display = await openDisplay();
  if (display.virtual) process.stderr.write(`Máy không có màn hình: chạy trên Xvfb ${display.name}.\n`);
  process.stderr.write('Mã PIN hộp cát: lãnh đạo 24681357, cơ quan 13572468.\n');
  const desk = spawn(electron, [resolve('.'), `--profile=${profile}`], {
    env: { ...process.env, ...sandbox.env, DISPLAY: display.name },
    stdio: ['inherit', 'inherit', 'pipe'],
  });
  // Chromium complains of a missing bus and GPU on machines without a desktop; what the desk says itself is passed on.
  desk.stderr?.on('data', (chunk: Buffer) => {
    const own = chunk
      .toString('utf8')
      .split('\n')
      .filter((line) => line !== '' && !/^\[\d+:\d+\/[\d.]+:(?:ERROR|WARNING|INFO):/.test(line));
    if (own.length > 0) process.stderr.write(`${own.join('\n')}\n`);
  });
  const end = async (code: number): Promise<void> => {
    await sandbox.stop();
    display.stop();
    process.exit(code);
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => desk.kill(signal));
  desk.once('exit', (code) => void end(code ?? 1));
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
});
