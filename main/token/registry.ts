// Windows' list of cryptographic providers as a second source of drivers: vendors register their CSP there, and their
// PKCS#11 library lies beside it. Reads the words of reg.exe; it runs it on Windows alone and loads nothing.
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { win32 } from 'node:path';
import type { Driver } from './drivers';
import { isPkcs11File } from './machine';

export const providersKey = 'HKLM\\SOFTWARE\\Microsoft\\Cryptography\\Defaults\\Provider';

/** A registered provider and the file of its CSP as the registry writes it. */
export interface Provider {
  readonly name: string;
  readonly image: string;
}

/** Providers of Windows itself: their files are no token's. */
const ofWindows = /^(rsaenh|dssenh|basecsp|gpkcsp|slbcsp|sccbase|schannel)\.dll$/i;

/**
 * The providers in the answer of `reg query KEY /s /v "Image Path"`: a line of the key, then an indented line of the value.
 * Lines in any other shape (the count at the end is in the system's language) are passed over.
 */
export function providersIn(text: string): Provider[] {
  const providers: Provider[] = [];
  let name = '';
  for (const line of text.split(/\r?\n/)) {
    const key = /^HKEY_LOCAL_MACHINE\\.*\\Provider\\([^\\]+)$/i.exec(line.trimEnd());
    if (key?.[1] !== undefined) name = key[1];
    const value = /^\s+Image Path\s+REG_(?:EXPAND_)?SZ\s+(\S.*)$/i.exec(line.trimEnd());
    const image = value?.[1]?.replace(/^"(.*)"$/, '$1').replace(/\0+$/, '');
    if (image !== undefined && name !== '') providers.push({ name, image });
  }
  return providers;
}

function expanded(image: string, env: Readonly<Record<string, string | undefined>>): string {
  return image.replace(/%([^%]+)%/g, (whole, name: string) => {
    const key = Object.keys(env).find((one) => one.toLowerCase() === name.toLowerCase());
    return (key === undefined ? undefined : env[key]) ?? whole;
  });
}

/**
 * Where a provider's PKCS#11 library may lie, best first: the twin without `_s` (the CSP's shell has it), then the file
 * itself. Absolute; a bare name is one of System32. Empty for Windows' own providers.
 */
export function libraryPaths(
  provider: Provider,
  env: Readonly<Record<string, string | undefined>>,
): string[] {
  const image = win32.normalize(expanded(provider.image, env));
  if (ofWindows.test(win32.basename(image))) return [];
  const root = expanded('%SystemRoot%', env);
  const path = win32.isAbsolute(image) ? image : win32.join(root, 'System32', image);
  if (!win32.isAbsolute(path) || path.includes('%')) return [];
  const twin = path.replace(/_s(\.dll)$/i, '$1');
  return twin === path ? [path] : [twin, path];
}

/** What is asked of a file; the same on every system, so that the rule is tested anywhere. */
export interface FileQuestions {
  readonly exists: (path: string) => boolean;
  readonly isPkcs11: (path: string) => boolean;
}

const onDisk: FileQuestions = { exists: existsSync, isPkcs11: isPkcs11File };

/** The drivers that the registry leads to: there, and PKCS#11 by their exports; of both machines, each file once. */
export function registeredDrivers(
  text: string,
  env: Readonly<Record<string, string | undefined>>,
  files: FileQuestions = onDisk,
): Driver[] {
  const found = new Map<string, Driver>();
  for (const provider of providersIn(text)) {
    const path = libraryPaths(provider, env).find((one) => files.exists(one) && files.isPkcs11(one));
    if (path === undefined || found.has(path.toLowerCase())) continue;
    found.set(path.toLowerCase(), { brand: provider.name, path, origin: 'registry' });
  }
  return [...found.values()];
}

function query(program: string, view: '64' | '32'): Promise<string> {
  const args = ['query', providersKey, '/s', '/v', 'Image Path', `/reg:${view}`];
  return new Promise((resolve) => {
    execFile(
      program,
      args,
      { timeout: 10_000, windowsHide: true, maxBuffer: 4 << 20, encoding: 'latin1' },
      // No such key, or no right to read it: then the registry names nobody.
      (_error, stdout) => resolve(stdout),
    );
  });
}

/** Asks the registry, both views of it; nothing on any other system. Never fails: it is one source among several. */
export async function discoverRegistered(
  env: Readonly<Record<string, string | undefined>>,
  platform: string = process.platform,
): Promise<Driver[]> {
  if (platform !== 'win32') return [];
  const program = win32.join(env.SystemRoot ?? env.SYSTEMROOT ?? 'C:\\Windows', 'System32', 'reg.exe');
  const [wide, narrow] = await Promise.all([query(program, '64'), query(program, '32')]);
  return registeredDrivers(`${wide}\n${narrow}`, env);
}
