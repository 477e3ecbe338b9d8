// What the command line of the application may say (S25): one profile folder and nothing else of ours.
import { join } from 'node:path';
import { z } from 'zod';

const argumentsSchema = z.object({
  profile: z
    .string()
    .min(1)
    .max(1000)
    .startsWith('/')
    .or(z.string().regex(/^[A-Za-z]:\\/))
    .optional(),
});
export type AppArguments = z.output<typeof argumentsSchema>;

/** Reads `--profile=FOLDER`. Anything that does not fit is left out, as an unknown switch is. */
export function parseArguments(argv: readonly string[]): AppArguments {
  const given = argv
    .filter((one) => one.startsWith('--profile='))
    .map((one) => one.slice('--profile='.length));
  const parsed = argumentsSchema.safeParse({ profile: given.at(-1) });
  return parsed.success ? parsed.data : {};
}

/**
 * Switches that a shipped application refuses to start with: doors for a debugger (S22), and whatever takes the sandbox or
 * the origin rules away (S2). An AppImage's launcher adds `no-sandbox` by itself where the system allows no namespaces.
 */
const refusedSwitches = [
  'remote-debugging-port',
  'remote-debugging-pipe',
  'inspect',
  'inspect-brk',
  'no-sandbox',
  'disable-web-security',
  'disable-site-isolation-trials',
] as const;

/**
 * True when the application was started with one of them. Electron takes `no-sandbox` off its own list when the sandbox is
 * asked for in code, yet its first helper process has already begun without: so the arguments are read as they were given.
 */
export function isRefused(argv: readonly string[], hasSwitch: (name: string) => boolean): boolean {
  return refusedSwitches.some(
    (name) => hasSwitch(name) || argv.some((one) => one === `--${name}` || one.startsWith(`--${name}=`)),
  );
}

/**
 * Where the profile lies: on Windows below LocalAppData, since Electron's own default roams and IndexedDB and
 * keys must not.
 */
export function defaultProfile(env: Readonly<Record<string, string | undefined>>, fallback: string): string {
  return env.LOCALAPPDATA === undefined ? fallback : join(env.LOCALAPPDATA, 'Van Thu', 'profile');
}
