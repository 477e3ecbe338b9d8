// The operations of the directory: agencies, synchronised units, registering and removing one.
import { randomUUID } from 'node:crypto';
import type { AgencyEvent } from './events';
import { hubTime, json, type Operation, ok, post } from './operation';
import { errorCodes, Refusal } from './wire';

export const getAgenciesList: Operation = {
  methods: post,
  contentType: json,
  run: async ({ state }) =>
    ok({
      data: state
        .allAgencies()
        .filter((agency) => !agency.deleted)
        .map(({ id, pid, code, oldCode, name, mail }) => ({ id, pid, code, oldCode, name, mail })),
    }),
};

export const getSynchronizeUnit: Operation = {
  methods: post,
  contentType: json,
  run: async ({ state }) =>
    ok({
      data: state.allAgencies().map((agency) => ({
        id: agency.id,
        pid: agency.pid,
        code: agency.code,
        name: agency.name,
        mail: agency.mail,
        version: agency.version,
        centerCode: agency.code.split('.')[0] ?? agency.code,
        deleted: agency.deleted,
        modifyDate: hubTime(agency.modified),
        isAgency: true,
      })),
    }),
};

export const registerAgency: Operation = {
  methods: post,
  contentType: json,
  async run({ state }, { body, now }) {
    const entry = entryOf(await smallText(body));
    state.record({ type: 'agency', at: now.toISOString(), entry });
    return ok({});
  },
};

async function smallText(body: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.length;
    if (size > 65_536) throw new Refusal(errorCodes.wrongParameter, 'Nội dung quá lớn', 413);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function entryOf(text: string): AgencyEvent['entry'] {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    value = undefined;
  }
  if (typeof value !== 'object' || value === null)
    throw new Refusal(errorCodes.wrongParameter, 'Không phải JSON');
  const fields = value as Record<string, unknown>;
  const field = (name: string) => (typeof fields[name] === 'string' ? fields[name].trim() : '');
  const entry = {
    id: field('id') || randomUUID(),
    pid: field('pid') || field('pcode') || '0',
    code: field('code'),
    name: field('name'),
    mail: field('mail'),
  };
  if (entry.code === '' || entry.name === '') {
    throw new Refusal(errorCodes.wrongParameter, 'Thiếu code hoặc name');
  }
  if (!/^[\w.+-]+@[\w-]+(\.[\w-]+)+$/.test(entry.mail))
    throw new Refusal(errorCodes.wrongParameter, 'mail không đúng');
  return entry;
}

export const deleteAgency: Operation = {
  methods: post,
  contentType: json,
  async run({ state }, { signed, now }) {
    const code = signed.parameter('agencycode') || signed.parameter('code') || signed.parameter('id');
    const agency = state.agency(code);
    if (agency === undefined || agency.deleted)
      throw new Refusal(errorCodes.unknownReceiver, 'Đơn vị không tồn tại');
    state.record({ type: 'agency-removed', at: now.toISOString(), code: agency.code });
    return ok({});
  },
};
