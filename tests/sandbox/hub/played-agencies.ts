// What an agency that nobody attends answers, and when: 01 soon, then 03, 04, 05, 06, or a refusal with its reason.
// Pure: it is asked what is due now, so a restart of the hub forgets no answer and gives none twice.
import type { SentEvent } from './events';
import type { HubState, InboxItem } from './state';

export interface PlaySettings {
  /** Seconds from the arrival of a package to the acceptance; the other answers keep proportion to it. */
  readonly replyAfterSeconds: number;
  /** Keys of the agencies that refuse what they get. */
  readonly refusing: readonly string[];
}

export interface Reply {
  readonly item: InboxItem;
  readonly statusCode: string;
  readonly description: string;
}

interface Step {
  readonly statusCode: string;
  readonly description: string;
  /** In units of replyAfterSeconds. */
  readonly after: number;
}

const arrived: Step = { statusCode: '01', description: 'Đã đến', after: 0.25 };

const acceptedSteps: readonly Step[] = [
  arrived,
  { statusCode: '03', description: 'Đã tiếp nhận', after: 1 },
  { statusCode: '04', description: 'Phân công', after: 1.5 },
  { statusCode: '05', description: 'Đang xử lý', after: 2 },
  { statusCode: '06', description: 'Hoàn thành', after: 3 },
];

const refusedSteps: readonly Step[] = [
  arrived,
  {
    statusCode: '02',
    description: 'Văn bản không thuộc thẩm quyền giải quyết của cơ quan nhận, đề nghị kiểm tra lại nơi nhận.',
    after: 1,
  },
];

function changeSteps(refuses: boolean): readonly Step[] {
  return [
    arrived,
    refuses
      ? { statusCode: '16', description: 'Văn bản đã được giải quyết xong nên không thể thay đổi.', after: 1 }
      : { statusCode: '15', description: 'Đồng ý', after: 1 },
  ];
}

/** Recall (1) and update (2) are answered with 15 or 16; new (0) and replacing (3) documents run their course. */
function stepsFor(sent: SentEvent, refuses: boolean): readonly Step[] {
  if (sent.messageType === 'status') return sent.facts.code === '13' ? changeSteps(refuses).slice(1) : [];
  if (sent.facts.code === '1' || sent.facts.code === '2') return changeSteps(refuses);
  return refuses ? refusedSteps : acceptedSteps;
}

/** When the receiver agreed to a recall of this document, or Infinity. */
function recalledAt(item: InboxItem, all: readonly InboxItem[], seconds: number): number {
  const recall = all.find(
    ({ sent, delivery }) =>
      delivery.to === item.delivery.to &&
      sent.sender === item.sent.sender &&
      sent.facts.about === item.sent.facts.documentId &&
      ((sent.messageType === 'edoc' && sent.facts.code === '1') ||
        (sent.messageType === 'status' && sent.facts.code === '13')),
  );
  return recall === undefined ? Number.POSITIVE_INFINITY : Date.parse(recall.sent.at) + seconds * 1000;
}

/** The answers that are due and not given yet, oldest first. */
export function dueReplies(state: HubState, settings: PlaySettings, now: Date): Reply[] {
  const items = state.played();
  const due: (Reply & { readonly at: number })[] = [];
  for (const item of items) {
    const refuses = settings.refusing.includes(item.delivery.to);
    const steps = stepsFor(item.sent, refuses);
    if (steps.length === 0) continue;
    const isOrdinary = item.sent.messageType === 'edoc' && !['1', '2'].includes(item.sent.facts.code);
    const end =
      isOrdinary && !refuses ? recalledAt(item, items, settings.replyAfterSeconds) : Number.POSITIVE_INFINITY;
    for (const { statusCode, description, after } of steps) {
      const at = Date.parse(item.sent.at) + after * settings.replyAfterSeconds * 1000;
      if (at > now.getTime() || at >= end) break;
      if (!state.hasAnswered({ delivery: item.delivery.docId, statusCode })) {
        due.push({ item, statusCode, description, at });
      }
    }
  }
  return due.sort((left, right) => left.at - right.at);
}
