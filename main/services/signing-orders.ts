// From what a window asks to what the signer is ordered, and to what the PIN window says. Pure.

import { withoutPersonalNumbers } from '../../preload/contract/personal-number';
import type { PinRequest } from '../../preload/contract/pin';
import type { OutgoingDocument } from '../../preload/contract/records';
import type { SigningRequest, SigningRole } from '../../preload/contract/signing-request';
import type { SigningOrder } from '../signing';
import type { ChosenCertificate } from '../token/client';

/** One file of the list that is frozen before the PIN. */
export interface FileToSign {
  readonly request: SigningRequest;
  readonly document: OutgoingDocument;
  /** Counted by the reading host. */
  readonly pages: number;
}

/** The order for one file: its role in NĐ 30/2020, where it stands, the time it claims. */
export function orderOf(
  request: SigningRequest,
  image: Uint8Array | null,
  document: OutgoingDocument,
  now: Date,
): SigningOrder {
  const { placement } = request;
  const place =
    placement === null
      ? {}
      : {
          place: {
            page: placement.page - 1,
            rect: { x: placement.x, y: placement.y, width: placement.width, height: placement.height },
          },
        };
  const picture = image === null ? {} : { image };
  switch (request.role) {
    case 'leader':
      return { what: { role: 'leader', ...picture, ...place }, time: now };
    case 'seal':
      return { what: { role: 'seal', ...picture, ...place }, time: now };
    case 'copy': {
      // The checks before have refused a document that is no copy.
      const form = document.copy?.form ?? 'SAO Y';
      return { what: { role: 'copy', form, agency: document.facts.sender.name, ...place }, time: now };
    }
    case 'attachment':
    case 'number': {
      const number = `${document.facts.number}/${document.facts.notation}`;
      return { what: { role: 'attachment', documentNumber: number, ...place }, time: now };
    }
  }
}

/** Everything the PIN window says, in the order of signing. */
export function pinRequest(
  role: SigningRole,
  chosen: ChosenCertificate,
  tasks: readonly FileToSign[],
): PinRequest {
  const { certificate, token } = chosen;
  return {
    role,
    holder: withoutPersonalNumbers(certificate.subject),
    tokenLabel: token.label,
    tokenMaker: token.manufacturer,
    issuer: certificate.issuer,
    documents: tasks.map(({ request, pages, document: { facts, annexes } }) => {
      const annex = annexes.find((one) => one.sha256 === request.input);
      return {
        number: facts.number === '' ? '' : `${facts.number}/${facts.notation}`,
        subject: annex === undefined ? facts.subject : `Tệp kèm theo: ${annex.name}`,
        pages,
        receivers: facts.receivers.length,
      };
    }),
    tries: token.pin,
    pinPad: token.pinPad,
    minPin: token.minPin,
    maxPin: token.maxPin,
    language: 'vi',
  };
}
