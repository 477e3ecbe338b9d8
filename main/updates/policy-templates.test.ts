// What IT departments are given to write policies with: the JSON schema and the templates of group policy say exactly what the
// application reads, in both languages.
import { readFileSync } from 'node:fs';
import { SaxesParser } from 'saxes';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { policySchema, readPolicy } from './policy';
import { policyInRegistry, registryKey, registryValues } from './registry-policy';

interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: Element[];
  text: string;
}

function parse(path: string): Element {
  const root: Element = { name: '', attributes: {}, children: [], text: '' };
  const open = [root];
  const parser = new SaxesParser();
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', ({ name, attributes }) => {
    const one: Element = { name, attributes: attributes as Record<string, string>, children: [], text: '' };
    open.at(-1)?.children.push(one);
    open.push(one);
  });
  parser.on('text', (text) => {
    const one = open.at(-1);
    if (one !== undefined) one.text += text.trim();
  });
  parser.on('closetag', () => void open.pop());
  parser.write(readFileSync(path, 'utf8')).close();
  return root;
}

const all = (from: Element, name: string): Element[] =>
  from.children.flatMap((one) => [...(one.name === name ? [one] : []), ...all(one, name)]);

type Property = {
  readonly enum?: readonly string[];
  readonly type?: string;
  readonly minimum?: number;
  readonly maximum?: number;
};
const generated = JSON.parse(JSON.stringify(z.toJSONSchema(policySchema, { io: 'input' }))) as {
  properties: { updates: { properties: Record<string, Property> } };
};
const properties = generated.properties.updates.properties;
const template = parse('docs/policy/van-thu.admx');
const policies = all(template, 'policy');

it('the JSON schema is what the application checks', () => {
  const file = JSON.parse(readFileSync('docs/policy/policy.schema.json', 'utf8'));
  expect(file).toEqual({ title: 'Văn Thư: chính sách của máy', ...generated });
});

describe('the template of group policy', () => {
  it('has every setting once, below the key that is read', () => {
    expect(policies.map((one) => one.attributes.name).sort()).toEqual(Object.keys(properties).sort());
    expect([...registryValues].sort()).toEqual(Object.keys(properties).sort());
    for (const { attributes } of policies) {
      expect(`HKLM\\${attributes.key ?? ''}`).toBe(registryKey);
      expect(attributes.class).toBe('Machine');
    }
  });

  it('offers the choices and the limits that are accepted', () => {
    for (const policy of policies) {
      const name = policy.attributes.name ?? '';
      const { enum: choices, minimum, maximum, type } = properties[name] ?? {};
      const [choice] = all(policy, 'enum');
      const [number] = all(policy, 'decimal').filter((one) => one.attributes.id !== undefined);
      expect([name, choice?.attributes.valueName]).toEqual([name, choices === undefined ? undefined : name]);
      if (choice !== undefined) expect(all(choice, 'string').map((one) => one.text)).toEqual(choices);
      expect([name, number?.attributes.minValue]).toEqual([name, minimum?.toString()]);
      expect([name, number?.attributes.maxValue]).toEqual([name, maximum?.toString()]);
      const onOff = policy.attributes.valueName !== undefined;
      expect([name, onOff]).toEqual([name, type === 'boolean']);
    }
  });

  it.each(['vi-VN', 'en-US'])('has all of its words and fields in %s, and no others', (language) => {
    const words = parse(`docs/policy/${language}/van-thu.adml`);
    const strings = all(words, 'string');
    expect(strings.every((one) => one.text !== '')).toBe(true);
    const source = readFileSync('docs/policy/van-thu.admx', 'utf8');
    const asked = (kind: string) => [
      ...new Set([...source.matchAll(new RegExp(`\\$\\(${kind}\\.([^)]+)\\)`, 'g'))].map((one) => one[1])),
    ];
    expect(strings.map((one) => one.attributes.id).sort()).toEqual(asked('string').sort());
    const shown = all(words, 'presentation');
    expect(shown.map((one) => one.attributes.id).sort()).toEqual(asked('presentation').sort());
    for (const one of shown) expect(one.children[0]?.attributes.refId).toBe(one.attributes.id);
  });
});

describe('Windows’ registry', () => {
  /** As reg.exe prints it. */
  const printed = (values: readonly string[]): string =>
    ['', 'HKEY_LOCAL_MACHINE\\SOFTWARE\\Policies\\Van Thu\\Updates', ...values, ''].join('\r\n');

  it('gives the same policy as a file', () => {
    const text = printed([
      '    mode    REG_SZ    self',
      '    feed    REG_SZ    https://capnhat.coquan.gov.vn/van-thu/',
      '    folder    REG_SZ    \\\\may-chu\\Cap nhat',
      '    ring    REG_SZ    pilot',
      '    everyHours    REG_DWORD    0x18',
      '    automatic    REG_DWORD    0x0',
      '    proxy    REG_SZ    http://proxy:3128',
      '    authorities    REG_SZ    C:\\a.pem;C:\\b.pem',
    ]);
    expect(readPolicy('/nonexistent/policy.json', text).updates).toEqual({
      mode: 'self',
      feed: 'https://capnhat.coquan.gov.vn/van-thu/',
      folder: '\\\\may-chu\\Cap nhat',
      ring: 'pilot',
      everyHours: 24,
      automatic: false,
      proxy: 'http://proxy:3128',
      authorities: ['C:\\a.pem', 'C:\\b.pem'],
    });
  });

  it('says nothing where there is no key, and what it says wrongly is refused by name', () => {
    expect(policyInRegistry('')).toBeNull();
    expect(policyInRegistry(printed([]))).toBeNull();
    const wrong = printed(['    mode    REG_SZ    always', '    feeed    REG_SZ    x']);
    expect(() => readPolicy('/nonexistent/policy.json', wrong)).toThrow(
      /updates\.mode.*feeed|feeed.*updates\.mode/,
    );
    expect(() => readPolicy('/x', printed(['    everyHours    REG_DWORD    0x0']))).toThrow('everyHours');
  });
});
