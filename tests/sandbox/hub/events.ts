// What the hub remembers, as the events it writes. Everything else is derived from them; nothing is ever changed.

export type MessageType = 'edoc' | 'status';

/** What the hub has read in a package when it took it. */
export interface PackageFacts {
  readonly kind: MessageType;
  readonly documentId: string;
  /** `number/notation`. */
  readonly notation: string;
  readonly title: string;
  readonly promulgationDate: string;
  /** OrganId of From. */
  readonly from: string;
  /** OrganIds of To; for a status the issuer of the document it speaks of. */
  readonly to: readonly string[];
  /** BussinessDocType of a document, StatusCode of a status. */
  readonly code: string;
  /** The document that a recall, update or status speaks of; else its own id. */
  readonly about: string;
}

export interface Delivery {
  /** Name of the package in the receiver's list. */
  readonly docId: string;
  /** As the sender wrote it. */
  readonly toCode: string;
  /** Key of the agency whose list it is in. */
  readonly to: string;
}

export interface SentEvent {
  readonly type: 'sent';
  /** Name of the package for its sender. */
  readonly docId: string;
  readonly at: string;
  /** Who called: an agency's client, the folder of prepared packages, or an agency that the hub plays itself. */
  readonly origin: 'client' | 'seed' | 'played';
  readonly sender: string;
  readonly fromCode: string;
  readonly messageType: MessageType;
  readonly sha256: string;
  readonly size: number;
  readonly facts: PackageFacts;
  readonly deliveries: readonly Delivery[];
  /** For `played`: which step of which delivery it answers, so that a restart repeats nothing. */
  readonly answers?: { readonly delivery: string; readonly statusCode: string };
}

export interface StatusEvent {
  readonly type: 'status';
  readonly at: string;
  readonly delivery: string;
  readonly status: string;
  /** The hub took it in the name of an agency that it plays. */
  readonly played?: true;
}

export interface AgencyEvent {
  readonly type: 'agency';
  readonly at: string;
  readonly entry: {
    readonly id: string;
    readonly pid: string;
    readonly code: string;
    readonly name: string;
    readonly mail: string;
  };
}

export interface AgencyRemovedEvent {
  readonly type: 'agency-removed';
  readonly at: string;
  readonly code: string;
}

/** A client has signed in for this agency: from now on people work there and the hub does not play it. */
export interface AttendedEvent {
  readonly type: 'attended';
  readonly at: string;
  readonly agency: string;
}

export type HubEvent = SentEvent | StatusEvent | AgencyEvent | AgencyRemovedEvent | AttendedEvent;
