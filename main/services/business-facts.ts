// Maps the Bussiness element of a package (QCVN 102 §2.2) to the desk's business and back. Pure; what has no place here stays
// in the package.
import {
  type Business,
  businessType,
  type ReceiverChange,
  type ReplacedDocument,
  type UpdateInfo,
} from '../../preload/contract/business';
import type { StaffInfo, TraceHeaderList } from '../../preload/contract/edxml';

type Bussiness = NonNullable<TraceHeaderList['Bussiness']>;

const clip = (value: string | undefined, length: number): string => (value ?? '').slice(0, length);
const some = (value: string): string | undefined => (value === '' ? undefined : value);

function staffWords(staff: StaffInfo | undefined): string {
  return clip([staff?.Staff, staff?.Department].filter(Boolean).join(', '), 600);
}

function updateOf(business: Bussiness): UpdateInfo {
  const infos = business.BussinessDocumentInfo;
  const receivers: ReceiverChange[] = [];
  for (const receiver of infos.flatMap((info) => info.ReceiverList?.Receiver ?? []).slice(0, 5000)) {
    const code = clip(receiver.OrganId, 40);
    // A type that is neither added nor removed stays in the package.
    if (receiver.ReceiverType === '1') receivers.push({ code, change: 'added' });
    if (receiver.ReceiverType === '0') receivers.push({ code, change: 'removed' });
  }
  return { facts: infos.some((info) => info.DocumentInfo === '1'), receivers };
}

/** Writers that put out every field leave a ReplacementInfo without a DocumentId: it replaces nothing. */
function replacedBy(business: Bussiness): ReplacedDocument[] {
  return business.ReplacementInfoList.flatMap((list) => list.ReplacementInfo)
    .filter((one) => one.DocumentId !== undefined)
    .slice(0, 100)
    .map((one) => ({
      documentId: clip(one.DocumentId, 600),
      receivers: (one.OrganIdList?.OrganId ?? []).slice(0, 5000).map((code) => clip(code, 40)),
    }));
}

/**
 * The desk's business of a package; one without the element is a new document. The DocumentId of §2.2.4 may be left out: a recall
 * or an update is then about `headerId`, since it goes out under the DocumentId of its document.
 */
export function businessOf(trace: TraceHeaderList | null, headerId = ''): Business {
  const wire = trace?.Bussiness;
  const parsed = businessType.safeParse(wire?.BussinessDocType);
  const given = wire?.BussinessDocType ?? '';
  const type = parsed.success ? parsed.data : '0';
  const reason = clip(wire?.BussinessDocReason, 4000);
  const decidedBy = staffWords(wire?.StaffInfo[0]);
  const decided = type === '0' || decidedBy === '' ? {} : { decidedBy };
  const own = clip(wire?.DocumentId, 600);
  const about = own === '' ? clip(headerId, 600) : own;
  switch (type) {
    case '0':
      return {
        type,
        reason,
        targetDocumentId: own,
        ...(parsed.success || given === '' ? {} : { unknownType: clip(given, 20) }),
      };
    case '1':
      return { type, reason, targetDocumentId: about, ...decided };
    case '2': {
      const update = wire === undefined ? undefined : updateOf(wire);
      const says = update !== undefined && (update.facts || update.receivers.length > 0);
      return { type, reason, targetDocumentId: about, ...decided, ...(says ? { update } : {}) };
    }
    case '3': {
      const replaces = wire === undefined ? [] : replacedBy(wire);
      return {
        type,
        reason,
        targetDocumentId: replaces[0]?.documentId ?? own,
        ...decided,
        ...(replaces.length > 0 ? { replaces } : {}),
      };
    }
  }
}

function updateElements(update: UpdateInfo): Bussiness['BussinessDocumentInfo'] {
  const Receiver = update.receivers.map((one) => ({
    OrganId: one.code,
    ReceiverType: one.change === 'added' ? '1' : '0',
  }));
  return [
    {
      DocumentInfo: update.facts ? '1' : '0',
      DocumentReceiver: Receiver.length > 0 ? '1' : '0',
      ...(Receiver.length > 0 ? { ReceiverList: { Receiver } } : {}),
    },
  ];
}

function replacementElements(business: Business): Bussiness['ReplacementInfoList'] {
  const named = business.replaces ?? [];
  const replaced =
    named.length > 0 || business.targetDocumentId === ''
      ? named
      : [{ documentId: business.targetDocumentId, receivers: [] }];
  if (replaced.length === 0) return [];
  return [
    {
      ReplacementInfo: replaced.map((one) => ({
        DocumentId: some(one.documentId),
        ...(one.receivers.length > 0 ? { OrganIdList: { OrganId: [...one.receivers] } } : {}),
      })),
    },
  ];
}

/** The element of types 0 to 3 as this desk writes it. */
export function bussinessElement(business: Business, paper: boolean): Bussiness {
  const { type, reason, targetDocumentId, decidedBy } = business;
  return {
    BussinessDocType: type,
    BussinessDocReason: some(reason),
    BussinessDocumentInfo:
      type === '2' && business.update !== undefined ? updateElements(business.update) : [],
    DocumentId: type === '1' || type === '2' ? some(targetDocumentId) : undefined,
    StaffInfo: decidedBy === undefined || decidedBy === '' ? [] : [{ Staff: decidedBy }],
    Paper: paper ? '1' : '0',
    ReplacementInfoList: type === '3' ? replacementElements(business) : [],
  };
}
