// Windows' group policy: the values that our template writes below HKLM\SOFTWARE\Policies, as the same object that a policy
// file holds. It reads the words of reg.exe and runs it on Windows alone; what is not of our template is not passed over.
import { spawnSync } from 'node:child_process';
import { win32 } from 'node:path';

export const registryKey = 'HKLM\\SOFTWARE\\Policies\\Van Thu\\Updates';

export type PolicyValue = string | number | boolean | readonly string[];

/** How each value of the template becomes one of the policy file. */
const readers: Readonly<Record<string, (value: string) => PolicyValue>> = {
  mode: (value) => value,
  feed: (value) => value,
  folder: (value) => value,
  ring: (value) => value,
  proxy: (value) => value,
  everyHours: Number,
  automatic: (value) => Number(value) !== 0,
  authorities: (value) => value.split(';').filter((one) => one !== ''),
};
export const registryValues = Object.keys(readers);

/**
 * What `reg query KEY` printed, as the file's own shape; null when the key is not there or empty. A value with an unknown name
 * stays in, so that the reading of the policy refuses it by name.
 */
export function policyInRegistry(printed: string): { readonly updates: Record<string, unknown> } | null {
  const found: Record<string, unknown> = {};
  for (const line of printed.split(/\r?\n/)) {
    const parts = /^ {4}(\S+) {4}REG_(SZ|DWORD) {4}(.*)$/.exec(line.trimEnd());
    const [, name = '', , value = ''] = parts ?? [];
    if (parts === null || value === '') continue;
    const reader = readers[name];
    found[name] = reader === undefined ? value : reader(value);
  }
  return Object.keys(found).length === 0 ? null : { updates: found };
}

/** Asks the registry; '' on any other system, and where there is no such key. */
export function readRegistryPolicy(
  platform: NodeJS.Platform,
  env: Readonly<Record<string, string | undefined>>,
): string {
  if (platform !== 'win32') return '';
  const program = win32.join(env.SystemRoot ?? 'C:\\Windows', 'System32', 'reg.exe');
  const asked = spawnSync(program, ['query', registryKey, '/reg:64'], {
    encoding: 'utf8',
    timeout: 10_000,
    windowsHide: true,
  });
  return asked.status === 0 ? asked.stdout : '';
}
