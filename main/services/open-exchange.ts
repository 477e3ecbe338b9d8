// The hub of a profile as its services use it: with its secrets, and with every attempt in the journal. What settings say wrong
// of the hub closes the hub and not the desk. It makes no request.
import { randomUUID } from 'node:crypto';
import { isFailure } from '../../preload/contract/failure';
import { type Hub, type ProxyFinder, unusableHub, withJournal } from '../exchange';
import type { Journal } from '../journal';
import type { Settings } from '../settings/settings';
import type { Vault } from '../vault';
import { hubSecret } from './hub-secret';
import { type HubSecretName, openHub, secretVariables } from './open-hub';

export interface OpenExchangeParts {
  readonly profile: string;
  readonly settings: Settings;
  readonly vault: Vault;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly systemProxy?: ProxyFinder;
  readonly report: (where: string, message: string) => void;
  readonly now: () => Date;
}

/**
 * The hub, or null where none is configured or a secret that it needs was never given. A hub that may not or cannot be asked
 * (an address in the clear, a certificate's file that is gone) answers `not-sent` to everything. Throws `secret-unreadable`.
 */
export async function openExchange(
  parts: OpenExchangeParts,
  journal: Pick<Journal, 'append'>,
): Promise<Hub | null> {
  const { settings, profile, vault, env, now } = parts;
  // A leader's profile signs and exchanges nothing: what it fetched and acknowledged, the clerk would never see.
  if (settings.hub === null || settings.profile === 'leader') return null;
  const secrets = new Map<string, string | null>();
  for (const [name, variable] of Object.entries(secretVariables(settings.hub))) {
    const given = variable === undefined ? undefined : env[variable];
    secrets.set(name, await hubSecret(profile, vault, name as HubSecretName, given));
  }
  let hub: Hub | null;
  try {
    hub = openHub({
      settings: settings.hub,
      secret: (name) => secrets.get(name) ?? null,
      systemProxy: parts.systemProxy,
      now,
    });
  } catch (error) {
    if (!isFailure(error)) throw error;
    const { code, detail } = error;
    if (code !== 'hub-endpoint-unsafe' && code !== 'file-unreadable') throw error;
    parts.report('exchange', `${code}: ${detail}`);
    return unusableHub(code === 'file-unreadable' ? 'file-unreadable' : 'address-unsafe', detail);
  }
  if (hub === null) return null;
  const log = {
    append: async (record: Parameters<Journal['append']>[0]) => void (await journal.append(record)),
  };
  return withJournal(hub, log as Parameters<typeof withJournal>[1], now, randomUUID);
}
