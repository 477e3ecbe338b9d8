// The desk's outgoing drafts: the answer to the first sample, unsigned and already signed by the leader, both without
// number and date, and where those go.
import { at, dateParts, shortDate, workingDay } from './calendar';
import { answerBody, answerNotation, answerReceivers, answerSubject } from './documents/answer';
import { type SetLetter, type Spot, setLetter } from './letter';
import type { Setting } from './make';
import { senderOf } from './senders';
import { leaderSigned } from './signing';

export interface Draft {
  /** Path below the samples' folder. */
  readonly file: string;
  readonly signed: boolean;
  readonly subject: string;
  readonly notation: string;
  readonly answers: string;
  /** Where the leader's signature goes or stands; page from 0, points from the lower left corner. */
  readonly signature: SetLetter['signature'];
  readonly number: Spot;
  readonly day: Spot;
  readonly month: Spot;
  readonly bytes: Uint8Array;
}

export async function makeDrafts(setting: Setting): Promise<Draft[]> {
  const [answered] = setting.all;
  if (answered === undefined) throw new Error('no sample to answer');
  const today = workingDay(setting.today, 0);
  const leader = setting.keys.identity('leader');
  const sender = senderOf('H37');
  const code = `${answered.number}/${answered.notation}`;
  const about = `${code} ngày ${shortDate(workingDay(setting.today, -answered.daysBefore))}`;
  const letter = await setLetter({
    agency: sender.head,
    number: undefined,
    notation: answerNotation,
    place: sender.place,
    date: undefined,
    year: dateParts(today).year,
    typeName: undefined,
    subject: answerSubject,
    addressees: ['Bộ Tài chính'],
    body: answerBody(about, today.getUTCFullYear()),
    receivers: answerReceivers,
    authority: ['TM. ỦY BAN NHÂN DÂN', (leader.title ?? 'Chủ tịch').toUpperCase()],
    name: leader.commonName,
    made: at(today, 8, 0),
    objectStreams: true,
  });
  const { signature, number, day, month } = letter;
  const facts = {
    subject: answerSubject,
    notation: answerNotation,
    answers: code,
    signature,
    number,
    day,
    month,
  };
  const signed = await leaderSigned(
    letter,
    leader.commonName,
    at(today, 8, 30),
    setting.keys.signer('leader'),
  );
  return [
    { file: 'drafts/tra-loi.pdf', signed: false, ...facts, bytes: letter.bytes },
    { file: 'drafts/tra-loi-da-ky.pdf', signed: true, ...facts, bytes: signed },
  ];
}
