// What the agency decided for every account of this machine: one JSON file that only an administrator may write, or Windows'
// registry below Policies. It is read once, at start, and never written.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { Failure } from '../../preload/contract/failure';
import { updateMode } from '../../preload/contract/updates';
import { absolutePath } from '../settings/absolute-path';
import { problemsOf } from '../settings/problems';
import { policyInRegistry } from './registry-policy';

export const policySchema = z.strictObject({
  updates: z
    .strictObject({
      /** Left out: `managed` where an administrator installed the application, `self` where the user did. */
      mode: updateMode.optional(),
      /** Folder of a web server that holds the published files; plain http only inside the agency's own network. */
      feed: z.url({ protocol: /^https?$/ }).optional(),
      /** A folder of this machine, or a share, for `offline`. */
      folder: absolutePath.optional(),
      ring: z.enum(['pilot', 'general']).default('general'),
      everyHours: z.number().int().min(1).max(168).default(6),
      /** In the mode `self`: download without being asked. Restarting is always asked. */
      automatic: z.boolean().default(true),
      proxy: z.url({ protocol: /^http$/ }).optional(),
      /** Roots for TLS instead of the runtime's own, PEM files. */
      authorities: z.array(absolutePath).default([]),
    })
    .prefault({}),
});
export type Policy = z.output<typeof policySchema>;

/** Where the file lies: /etc on Linux, ProgramData on Windows, Library on macOS. All are closed to ordinary accounts. */
export function policyPath(
  platform: NodeJS.Platform,
  env: Readonly<Record<string, string | undefined>>,
): string {
  if (platform === 'win32') return join(env.ProgramData ?? 'C:\\ProgramData', 'Van Thu', 'policy.json');
  if (platform === 'darwin') return '/Library/Application Support/Van Thu/policy.json';
  return '/etc/van-thu/policy.json';
}

function checked(json: unknown): Policy {
  const parsed = policySchema.safeParse(json);
  if (parsed.success) return parsed.data;
  throw new Failure('policy-broken', problemsOf(parsed.error, json).join('; '), { cause: parsed.error });
}

/** Reads a policy's text. Throws Failure `policy-broken` with the places that are wrong, never with values. */
export function parsePolicy(text: string): Policy {
  let json: unknown;
  try {
    // Windows' own editors put a mark in front.
    json = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    throw new Failure('policy-broken', 'policy.json: không đúng cú pháp JSON', { cause: error });
  }
  return checked(json);
}

/**
 * The policy of this machine; the defaults where there is none. A file that is there and wrong is never passed over.
 * @param registry what Windows' registry said of our key; where it says anything it stands in place of the file
 */
export function readPolicy(path: string, registry = ''): Policy {
  const fromRegistry = policyInRegistry(registry);
  if (fromRegistry !== null) return checked(fromRegistry);
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    const missing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    if (missing) return policySchema.parse({});
    throw new Failure('policy-broken', 'policy.json: không đọc được', { cause: error });
  }
  return parsePolicy(text);
}
