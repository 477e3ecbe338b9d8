// The policy of the machine that the tests of delivery run on: whatever happens to them, an administrator gets his own back.
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
// @ts-expect-error plain JavaScript
import { deliveryMachine } from '../delivery-machine.mjs';

interface Machine {
  keepPolicy(): void;
  restorePolicy(): void;
  wasLeft(): boolean;
}

let folder: string;
let machine: Machine;
const policy = () => join(folder, 'policy.json');
const mark = () => join(folder, 'mark');
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'machine-'));
  machine = deliveryMachine({ policy: policy(), mark: mark() }) as Machine;
});
afterEach(() => rmSync(folder, { recursive: true }));

it('keeps an administrator’s policy and gives it back, also when the run that kept it was killed', () => {
  writeFileSync(policy(), 'the administrator’s');
  expect(machine.wasLeft()).toBe(false);
  machine.keepPolicy();
  expect(existsSync(policy())).toBe(false);
  writeFileSync(policy(), 'of the tests');
  expect(machine.wasLeft()).toBe(true);
  machine.restorePolicy();
  expect(readFileSync(policy(), 'utf8')).toBe('the administrator’s');
  expect([machine.wasLeft(), existsSync(mark())]).toEqual([false, false]);
  machine.restorePolicy();
  expect(readFileSync(policy(), 'utf8')).toBe('the administrator’s');
});

it('leaves no policy where there was none', () => {
  machine.keepPolicy();
  writeFileSync(policy(), 'of the tests');
  machine.restorePolicy();
  expect(existsSync(policy())).toBe(false);
});

it('takes nothing for its own before the administrator’s is safe, and nothing any more once it is given back', () => {
  writeFileSync(policy(), 'the administrator’s');
  mkdirSync(mark());
  writeFileSync(join(mark(), 'policy.json.part'), 'half');
  machine.restorePolicy();
  expect(readFileSync(policy(), 'utf8')).toBe('the administrator’s');
});

it('does not touch a machine that another living run has changed', () => {
  machine.keepPolicy();
  writeFileSync(join(mark(), 'pid'), String(process.ppid));
  expect(() => machine.wasLeft()).toThrow(String(process.ppid));
});
