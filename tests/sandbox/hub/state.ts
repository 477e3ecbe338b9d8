// The hub's state, folded from its events: who exists, what was sent, what waits for whom. Every change is an event that
// is durable first. It knows neither HTTP nor edXML, and it never compares two packages: the axis does not either.
import { agencyDirectory, type DirectoryEntry } from './agency-directory';
import type { EventLog } from './event-log';
import type { Delivery, HubEvent, MessageType, SentEvent } from './events';

export interface Agency extends DirectoryEntry {
  /** Moment of the last change, ISO. */
  readonly modified: string;
  readonly version: number;
}

export interface InboxItem {
  readonly delivery: Delivery;
  readonly sent: SentEvent;
  status: string;
  updated: string;
  /** `done` was said by the hub in the name of an agency that it plays. */
  played: boolean;
}

const directoryDate = '2025-07-01T00:00:00.000Z';

/** How agencies are compared: without case and blanks. */
export function agencyKey(code: string): string {
  return code.trim().toUpperCase();
}

export class HubState {
  private readonly agencies = new Map<string, Agency>();
  /** Old and new codes to the key of their agency. */
  private readonly names = new Map<string, string>();
  private readonly attended = new Set<string>();
  private readonly deliveries = new Map<string, InboxItem>();
  private readonly sentEvents: SentEvent[] = [];
  private readonly answered = new Set<string>();

  constructor(private readonly log: EventLog<HubEvent>) {
    for (const entry of agencyDirectory()) this.name({ ...entry, modified: directoryDate, version: 1 });
    for (const event of log.events) this.apply(event);
  }

  /** Makes an event durable and then true. */
  record(event: HubEvent): void {
    this.log.append(event);
    this.apply(event);
  }

  private apply(event: HubEvent): void {
    switch (event.type) {
      case 'sent':
        this.sentEvents.push(event);
        for (const delivery of event.deliveries) {
          this.deliveries.set(delivery.docId, {
            delivery,
            sent: event,
            status: 'initial',
            updated: event.at,
            played: false,
          });
        }
        if (event.answers !== undefined) this.answered.add(answerKey(event.answers));
        return;
      case 'status': {
        const item = this.deliveries.get(event.delivery);
        if (item === undefined) return;
        item.status = event.status;
        item.updated = event.at;
        item.played = event.played === true;
        return;
      }
      case 'agency': {
        const known = this.agency(event.entry.code);
        const oldCode = known?.oldCode ?? '';
        const version = (known?.version ?? 0) + 1;
        this.name({ ...event.entry, oldCode, deleted: false, modified: event.at, version });
        return;
      }
      case 'agency-removed': {
        const known = this.agency(event.code);
        if (known === undefined) return;
        this.name({ ...known, deleted: true, modified: event.at, version: known.version + 1 });
        return;
      }
      case 'attended':
        this.attended.add(event.agency);
        this.listAgain(event.agency);
        return;
      default: {
        const never: never = event;
        throw new Error(`unknown event ${JSON.stringify(never)}`);
      }
    }
  }

  /** Who comes later finds what the hub had taken in their name. */
  private listAgain(key: string): void {
    for (const item of this.deliveries.values()) {
      if (item.delivery.to === key && item.played) {
        item.status = 'initial';
        item.played = false;
      }
    }
  }

  private name(agency: Agency): void {
    const key = agencyKey(agency.code);
    this.agencies.set(key, agency);
    this.names.set(key, key);
    if (agency.oldCode !== '') this.names.set(agencyKey(agency.oldCode), key);
  }

  agency(code: string): Agency | undefined {
    const key = this.names.get(agencyKey(code));
    return key === undefined ? undefined : this.agencies.get(key);
  }

  /** The key under which an agency's packages wait; unknown codes are their own key. */
  keyOf(code: string): string {
    return this.names.get(agencyKey(code)) ?? agencyKey(code);
  }

  allAgencies(): readonly Agency[] {
    return [...this.agencies.values()];
  }

  isAttended(key: string): boolean {
    return this.attended.has(key);
  }

  attend(key: string, at: string): void {
    if (!this.attended.has(key)) this.record({ type: 'attended', at, agency: key });
  }

  /** What waits for an agency: everything that was not acknowledged with `done`, oldest first. */
  waiting(key: string, messageType: MessageType): InboxItem[] {
    return [...this.deliveries.values()].filter(
      (item) => item.delivery.to === key && item.sent.messageType === messageType && item.status !== 'done',
    );
  }

  item(docId: string): InboxItem | undefined {
    return this.deliveries.get(docId);
  }

  /** Everything in the lists of agencies that nobody attends. */
  played(): InboxItem[] {
    return [...this.deliveries.values()].filter((item) => !this.attended.has(item.delivery.to));
  }

  sent(docId: string): SentEvent | undefined {
    return this.sentEvents.find((event) => event.docId === docId);
  }

  allSent(): readonly SentEvent[] {
    return this.sentEvents;
  }

  hasAnswered(answers: { readonly delivery: string; readonly statusCode: string }): boolean {
    return this.answered.has(answerKey(answers));
  }
}

function answerKey(answers: { readonly delivery: string; readonly statusCode: string }): string {
  return `${answers.delivery} ${answers.statusCode}`;
}
