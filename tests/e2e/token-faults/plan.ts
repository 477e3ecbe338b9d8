// Every PKCS#11 call that signing makes, with every return value, a crash, a removal, a hang and a delay at it; and what the
// clerk must then be told. Pure: the expectation is written from the specification's meaning, beside the code that is tested.
import { ckr, ckrName, ckrValues, codeAt, losesHandles, saysPinWrong } from '../../../main/token/ckr';
import type { Code } from '../../../preload/contract/codes';
import { randomFrom } from '../kills/plan';

/** `look`: from the press of the button on; `pin`: from the moment the PIN window stands open. */
export type Moment = 'look' | 'pin';
export type Fault =
  | { readonly kind: 'return'; readonly value: number }
  | { readonly kind: 'crash' | 'remove' | 'hang' | 'delay' };

export interface FaultCase {
  readonly call: string;
  readonly moment: Moment;
  readonly fault: Fault;
}

export interface Expected {
  /** One of these is what the clerk reads. */
  readonly codes: readonly Code[];
  /** Where it is said: over the desk, or in the PIN window, which stays for another try. */
  readonly where: 'desk' | 'pin-window';
  /** A PIN is typed on the way. */
  readonly typed: boolean;
}

/** In the order in which signing makes them. C_Initialize is made by a fresh host alone. */
export const callsAt: Readonly<Record<Moment, readonly string[]>> = {
  look: [
    'C_Initialize',
    'C_GetInfo',
    'C_GetSlotList',
    'C_GetTokenInfo',
    'C_GetMechanismList',
    'C_OpenSession',
    'C_FindObjectsInit',
    'C_FindObjects',
    'C_FindObjectsFinal',
    'C_GetAttributeValue',
    'C_CloseSession',
  ],
  pin: [
    'C_GetSlotList',
    'C_GetTokenInfo',
    'C_GetSessionInfo',
    'C_Login',
    'C_FindObjectsInit',
    'C_FindObjects',
    'C_FindObjectsFinal',
    'C_GetAttributeValue',
    'C_SignInit',
    'C_Sign',
    'C_Logout',
    'C_CloseSession',
  ],
};

/** What every signature of a case is answered with where its fault must change nothing: the document stays unsigned. */
export const declined = {
  line: `C_Sign * return ${ckr('CKR_FUNCTION_REJECTED')}`,
  code: 'token-refused',
} as const;

/** Calls whose failure is none of the clerk's business: tidying up, and questions that only help. */
const harmless: Readonly<Record<Moment, readonly string[]>> = {
  look: ['C_CloseSession', 'C_GetMechanismList'],
  pin: ['C_GetSessionInfo', 'C_Logout', 'C_CloseSession'],
};

/** Milliseconds of a slow call: some are made a dozen times in one look. */
const slow = 150;

function actionOf(fault: Fault): string {
  if (fault.kind === 'return') return `return ${fault.value}`;
  return fault.kind === 'delay' ? `delay ${slow}` : fault.kind;
}

/** The lines of the probe's script. */
export function scriptOf({ call, moment, fault }: FaultCase): string {
  const action = actionOf(fault);
  // What misses its call, because a look had made it before, must not end in a signature either.
  const missable = harmless[moment].includes(call) || call === 'C_Initialize' || fault.kind === 'delay';
  const quiet = missable ? `${declined.line}\n` : '';
  return `${call} * ${action}\n${quiet}`;
}

function afterReturn(call: string, moment: Moment, value: number): Expected {
  const code = codeAt(call, value) as Code;
  const at = (own: Code, typed: boolean): Expected => ({ codes: [own], where: 'desk', typed });
  const gone = code === 'token-removed';
  if (moment === 'look') {
    if (call === 'C_CloseSession') return at(declined.code, true);
    if (call === 'C_GetMechanismList') return gone ? at(code, false) : at(declined.code, true);
    // The driver says that it is initialized and is not: its next answer tells.
    const already = value === ckr('CKR_CRYPTOKI_ALREADY_INITIALIZED');
    if (call === 'C_Initialize' && already) return at('token-session-ended', false);
    // An attribute that an object does not have: a certificate without a value is no certificate.
    const hidden = value === ckr('CKR_ATTRIBUTE_TYPE_INVALID') || value === ckr('CKR_ATTRIBUTE_SENSITIVE');
    if (call === 'C_GetAttributeValue' && hidden) {
      // Read at the look, or, where its token was read before and not taken out since, at the opening of the session.
      return { codes: ['signing-signer-absent', 'token-certificate-absent'], where: 'desk', typed: false };
    }
    return at(code, false);
  }
  switch (call) {
    case 'C_GetSessionInfo':
    case 'C_Logout':
    case 'C_CloseSession':
      return at(declined.code, true);
    case 'C_GetTokenInfo':
      return at(losesHandles(code) ? 'token-removed' : code, true);
    case 'C_Login':
      return saysPinWrong(code) ? { codes: [code], where: 'pin-window', typed: true } : at(code, true);
    case 'C_GetAttributeValue': {
      const hidden = value === ckr('CKR_ATTRIBUTE_TYPE_INVALID') || value === ckr('CKR_ATTRIBUTE_SENSITIVE');
      return at(hidden ? 'token-changed' : code, true);
    }
    default:
      return at(code, true);
  }
}

/** What must come of a case. */
export function expectedOf({ call, moment, fault }: FaultCase): Expected {
  const typed = moment === 'pin';
  if (fault.kind === 'return') return afterReturn(call, moment, fault.value);
  if (fault.kind === 'crash') return { codes: ['token-crashed'], where: 'desk', typed };
  if (fault.kind === 'hang') return { codes: ['token-hung'], where: 'desk', typed };
  if (fault.kind === 'delay') return { codes: [declined.code], where: 'desk', typed: true };
  // The signature was answered before the token went.
  const afterAnswer = moment === 'pin' && (call === 'C_Logout' || call === 'C_CloseSession');
  if (afterAnswer) return { codes: [declined.code], where: 'desk', typed };
  return { codes: ['token-removed', 'signing-signer-absent'], where: 'desk', typed };
}

/** "C_Sign CKR_DEVICE_REMOVED, sau khi nhập mã PIN" of a case. */
export function nameOf({ call, moment, fault }: FaultCase): string {
  const what = fault.kind === 'return' ? ckrName(fault.value) : fault.kind;
  return `${call} ${what} (${moment})`;
}

/** Slow signatures are made whole, in a run of many documents: here each would end the document's part. */
function isCase({ call, fault }: FaultCase): boolean {
  return fault.kind !== 'delay' || call !== 'C_Sign';
}

function places(): { readonly call: string; readonly moment: Moment }[] {
  return (['look', 'pin'] as const).flatMap((moment) => callsAt[moment].map((call) => ({ call, moment })));
}

/** Every case there is. */
export function allCases(): FaultCase[] {
  return places()
    .flatMap((place): FaultCase[] => [
      ...ckrValues.map((value): FaultCase => ({ ...place, fault: { kind: 'return', value } })),
      ...(['crash', 'remove', 'hang', 'delay'] as const).map(
        (kind): FaultCase => ({ ...place, fault: { kind } }),
      ),
    ])
    .filter(isCase);
}

function shuffled<T>(items: readonly T[], random: () => number): T[] {
  const out = [...items];
  for (let at = out.length - 1; at > 0; at -= 1) {
    const other = Math.floor(random() * (at + 1));
    const [a, b] = [out[at], out[other]];
    if (a !== undefined && b !== undefined) [out[at], out[other]] = [b, a];
  }
  return out;
}

/**
 * A seeded sample in which every return value stands at least once, every call at each of its moments several times, and each
 * of those crashes and loses its token once. Some of them hang and some are slow: a hang costs its whole limit.
 */
export function sampleCases(seed: number): FaultCase[] {
  const random = randomFrom(seed);
  const where = shuffled(places(), random);
  const returns = shuffled(ckrValues, random).flatMap((value, index): FaultCase[] => {
    const place = where[index % where.length];
    return place === undefined ? [] : [{ ...place, fault: { kind: 'return', value } }];
  });
  const grave = places().flatMap((place): FaultCase[] => [
    { ...place, fault: { kind: 'crash' } },
    { ...place, fault: { kind: 'remove' } },
  ]);
  const waits = (['hang', 'delay'] as const).flatMap((kind) =>
    shuffled(places(), random)
      .map((place): FaultCase => ({ ...place, fault: { kind } }))
      .filter(isCase)
      .slice(0, 4),
  );
  return shuffled([...returns, ...grave, ...waits], random);
}

/** The first `count` of all cases in a seeded order. */
export function someCases(seed: number, count: number): FaultCase[] {
  return shuffled(allCases(), randomFrom(seed)).slice(0, count);
}
