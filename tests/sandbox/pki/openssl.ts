// Runs the openssl command line for the sandbox PKI. It decides nothing about what is issued.
import { execFile, execFileSync } from 'node:child_process';
import { promisify } from 'node:util';

const execFileAsync = promisify(execFile);

/** Runs openssl in a folder and waits. Throws with openssl's own words. */
export function openssl(folder: string, args: readonly string[]): string {
  try {
    return execFileSync('openssl', args, {
      cwd: folder,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: 120_000,
    });
  } catch (error) {
    const words = error instanceof Error && 'stderr' in error ? String(error.stderr) : String(error);
    throw new Error(`openssl ${args.join(' ')}\n${words}`);
  }
}

/** The same without blocking: the server answers others meanwhile. */
export async function opensslAsync(folder: string, args: readonly string[]): Promise<void> {
  await execFileAsync('openssl', [...args], { cwd: folder, timeout: 20_000 });
}
