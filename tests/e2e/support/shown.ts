// What the clerk is told, as text of the window: which code's sentence stands in a place. It does nothing.

import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';
import { type Code, sentences } from '../../../preload/contract/codes';
import { testIds } from '../../../renderer/app/test-ids';
import { at } from '../../desk/actions';

/** The code whose Vietnamese sentence a text holds, or 'none'. */
export function codeIn(text: string): Code | 'none' {
  const entries = Object.entries(sentences) as [Code, { readonly vi: string }][];
  return entries.find(([, { vi }]) => text.includes(vi))?.[0] ?? 'none';
}

/** All text of a place. */
export async function wordsOf(place: Locator): Promise<string> {
  return (await place.textContent()) ?? '';
}

/** Waits for the sentence of a failed act with its code beside it; gives the code. */
export async function failureShown(page: Page): Promise<Code | 'none'> {
  const bar = at(page, testIds.failure).first();
  await bar.waitFor({ timeout: 30_000 });
  const text = await wordsOf(bar);
  const code = codeIn(text);
  expect(text).toContain(`Mã: ${code}`);
  return code;
}

/** What the foot says of the hub: its state, and the code behind it where something is wrong. */
export async function hubShown(
  page: Page,
): Promise<{ readonly state: string; readonly code: Code | 'none' }> {
  const foot = at(page, testIds.foot.hub);
  return {
    state: (await foot.getAttribute('data-hub')) ?? '',
    code: codeIn((await foot.getAttribute('title')) ?? ''),
  };
}
