// The REST operations of a provincial gateway over the hub's own: paths, envelopes and error codes of the gateway, the effect
// of the hub. It knows no sign-in.
import { createReadStream } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { mimeParts, runOperation, wholeBody } from '../hub/front';
import type { Hub } from '../hub/operation';
import { errorCodes, Refusal } from '../hub/wire';

export interface RestCall {
  readonly hub: Hub;
  readonly systemId: string;
  readonly now: Date;
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
}

export function writeJson(response: ServerResponse, status: number, value: unknown): void {
  const body = Buffer.from(JSON.stringify(value), 'utf8');
  response.writeHead(status, { 'Content-Type': 'application/json', 'Content-Length': String(body.length) });
  response.end(body);
}

const done = (data: unknown) => ({ code: 200, message: 'Thành công', data });

async function jsonOf(
  call: RestCall,
  operation: string,
  parameters: Record<string, string>,
  file?: Uint8Array,
) {
  const { hub, systemId, now } = call;
  const answer = await runOperation(hub, {
    operation,
    systemId,
    parameters,
    now,
    ...(file === undefined ? {} : { file }),
  });
  if (answer.kind !== 'json') throw new Error(`${operation} answered ${answer.kind}`);
  return answer.value;
}

async function send(call: RestCall): Promise<void> {
  const contentType = call.request.headers['content-type'] ?? '';
  const parts = mimeParts(await wholeBody(call.request), contentType);
  const named = (name: string) =>
    parts.find((part) => part.headers['content-disposition']?.includes(`name="${name}"`));
  const file = named('edocFile');
  if (file === undefined) throw new Refusal(errorCodes.fileInvalid, 'Thiếu edocFile');
  const messagetype = named('messageType')?.body.toString('utf8') ?? '';
  const value = await jsonOf(call, 'sendEdoc', { messagetype, from: call.systemId }, file.body);
  writeJson(
    call.response,
    200,
    done({ status: 'OK', docId: value.DocId, errorCode: '0', errorDesc: '', filePath: '' }),
  );
}

async function agencies(call: RestCall, query: URLSearchParams): Promise<void> {
  const { data } = await jsonOf(call, 'getAgenciesList', {});
  const all = data as readonly Record<string, unknown>[];
  const size = Number(query.get('size') ?? '1000');
  const page = Number(query.get('page') ?? '0');
  const content = all.slice(page * size, (page + 1) * size).map(({ pid, ...rest }) => ({
    ...rest,
    parentId: pid,
    centerCode: String(rest.code).split('.')[0],
    type: 'NATIONAL',
  }));
  writeJson(
    call.response,
    200,
    done({ content, totalPages: Math.ceil(all.length / size), totalElements: all.length }),
  );
}

async function answer(call: RestCall, operation: string, query: URLSearchParams): Promise<void> {
  switch (operation) {
    case 'sendEdoc':
      return send(call);
    case 'syncReceivedEdocList': {
      const parameters = {
        messagetype: query.get('messageType') ?? '',
        fromDate: query.get('fromDate') ?? '',
        toDate: query.get('toDate') ?? '',
      };
      const { data } = await jsonOf(call, 'getReceivedEdocList', parameters);
      return writeJson(call.response, 200, done(data));
    }
    case 'getEdoc': {
      const { hub, systemId, now } = call;
      const parameters = { docId: query.get('docId') ?? '' };
      const found = await runOperation(hub, { operation: 'downloadEdoc', systemId, parameters, now });
      if (found.kind !== 'package') throw new Error('downloadEdoc gives a package');
      const chunks: Buffer[] = [];
      for await (const chunk of createReadStream(hub.packages.path(found.docId)))
        chunks.push(chunk as Buffer);
      return writeJson(call.response, 200, done(Buffer.concat(chunks).toString('base64')));
    }
    case 'updateStatus': {
      const body = JSON.parse((await wholeBody(call.request)).toString('utf8')) as Record<string, string>;
      await jsonOf(call, 'updateStatus', { docId: body.docId ?? '', status: body.status ?? '' });
      return writeJson(call.response, 200, done({ status: 'OK', errorCode: '0' }));
    }
    case 'getAgenciesList':
      return agencies(call, query);
    default:
      return writeJson(call.response, 404, {
        code: 404,
        message: 'Không có dịch vụ này',
        errorDetail: ['NOT_FOUND'],
      });
  }
}

/** Answers one operation; what the hub refuses comes in the gateway's envelope. */
export async function answerRest(call: RestCall, operation: string, query: URLSearchParams): Promise<void> {
  try {
    await answer(call, operation, query);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const { errorCode, errorDesc } = error;
    writeJson(call.response, 200, {
      code: 500,
      message: 'Lỗi',
      errorDetail: [errorDesc],
      data: { status: 'FAIL', errorCode, errorDesc },
    });
  }
}
