// What a clerk does in a packed application, by the words on the screen: every press until something comes of it. It knows no
// package.
import type { Feed } from './feed';
import type { Session } from './session';

/** Seconds. */
const patience = 300;
/** Seconds after which what came of a press is asked for no longer and the press is made again. */
const effectPatience = 20;

/** What a clerk sees of something: its words, and what it is. */
export interface Sight {
  readonly role?: string;
  readonly name: string;
  /** Also what cannot be pressed. */
  readonly enabled?: boolean;
}

export const button = (name: string): Sight => ({ role: 'push button', name });
export const code = (name: string): Sight => ({ name, enabled: false });

/** What shows that a press was felt: something that comes, something that goes, or what the world outside has got. */
export type Effect = { readonly shows: Sight } | { readonly hides: Sight } | { readonly is: () => boolean };

async function hasCome(session: Session, effect: Effect): Promise<boolean> {
  if ('is' in effect) return effect.is();
  const sight = 'shows' in effect ? effect.shows : effect.hides;
  return ((await session.ask({ do: 'find', wait: 0, ...sight })).found === true) === 'shows' in effect;
}

async function comes(session: Session, effect: Effect): Promise<boolean> {
  const end = Date.now() + effectPatience * 1000;
  for (;;) {
    if (await hasCome(session, effect)) return true;
    if (Date.now() > end) return false;
    await new Promise((done) => setTimeout(done, 100));
  }
}

/**
 * Presses a button by the beginning of its words, once it can be pressed, and again until something comes of it: a busy machine
 * may lose a press. Who is already at work shows its button no longer or not so that it can be pressed.
 */
export async function press(session: Session, name: string, effect: Effect): Promise<void> {
  const end = Date.now() + patience * 1000;
  const pressed = await session.ask({ do: 'press', ...button(name), wait: patience });
  let presses = pressed.done === true ? 1 : 0;
  while (presses > 0) {
    if (await comes(session, effect)) return;
    if (Date.now() > end) break;
    const again = await session.ask({ do: 'press', ...button(name), wait: 1 });
    if (again.done === true) presses += 1;
  }
  throw await session.explain(`pressed «${name}» ${presses} times, waited for ${JSON.stringify(effect)}`);
}

/** Waits for a button to be there. */
export async function sees(session: Session, name: string): Promise<void> {
  await session.must({ do: 'find', role: 'push button', name, wait: patience });
}

/** Waits for a code in a message. */
export async function seesCode(session: Session, code: string): Promise<void> {
  await session.must({ do: 'find', name: code, wait: patience, enabled: false });
}

/** Answers the question of the first start. */
export async function answerFirstStart(session: Session): Promise<void> {
  await session.must({ do: 'find', role: 'entry', name: 'Số đến cuối', wait: patience });
  await session.must({ do: 'window', name: '^Văn Thư$' });
  await session.must({ do: 'fill', role: 'entry', name: 'Số đến cuối', text: '0' });
  await session.must({ do: 'fill', role: 'entry', name: 'Số đi cuối', text: '0' });
  await press(session, '^Lưu và bắt đầu', { hides: { role: 'entry', name: 'Số đến cuối' } });
}

/** Registers and accepts the document that is open. */
export async function acceptDocument(session: Session): Promise<void> {
  await press(session, '^Tiếp nhận, đăng ký', { shows: button('^Chờ trình 1') });
}

/** Gives a file to the open draft; a stroke that a busy machine lost is made again. */
async function chooseFile(session: Session, file: string): Promise<void> {
  // The symbol comes from the page's own text: only then is the rest left alone.
  const read = { do: 'find', role: 'entry', name: '^Ký hiệu', holds: '-' } as const;
  for (let tries = 0; tries < 5; tries += 1) {
    // A page may open the file dialog only at a key or a click of a person.
    await session.must({ do: 'window', name: '^Văn Thư$' });
    await session.must({ do: 'focus', role: 'push button', name: '^Chọn tệp( khác)?…: ', wait: patience });
    await session.must({ do: 'key', keys: 'space' });
    const chosen = await session.ask({ do: 'choose', name: '^Open Files?$', text: file, wait: 30 });
    if (chosen.found === true && (await session.ask({ ...read, wait: 60 })).found === true) return;
  }
  await session.must(read);
}

/** Issues a PDF that its leader has signed, gives it a number and puts the agency's seal on it. */
export async function sealDocument(session: Session, file: string, pin: string): Promise<void> {
  await press(session, '^Phát hành văn bản', { shows: button('^Chọn tệp( khác)?…: ') });
  await chooseFile(session, file);
  await session.must({ do: 'window', name: '^Văn Thư$' });
  await session.must({ do: 'fill', role: 'entry', name: '^Người ký', text: 'Tran Thi Binh' });
  await session.must({ do: 'focus', role: 'combo box', name: '^Tên cơ quan' });
  await session.must({ do: 'type', text: 'Ha Noi' });
  await session.must({ do: 'key', keys: 'Tab' });
  await session.must({ do: 'type', text: 'H26' });
  await press(session, '^Thêm$', { shows: button('^Bỏ Ha Noi') });
  await press(session, '^Lưu và trình ký', { shows: button('^Kiểm tra chữ ký số trên tệp') });
  await press(session, '^Kiểm tra chữ ký số trên tệp', { shows: button('^Cấp số, đăng ký') });
  await press(session, '^Cấp số, đăng ký', { shows: button('^Ký số của cơ quan$') });
  await press(session, '^Ký số của cơ quan$', { shows: { role: 'password text', name: '^Mã PIN' } });
  await session.must({ do: 'window', name: '^Nhập mã PIN$', wait: patience });
  const field = { role: 'password text', name: '^Mã PIN' } as const;
  await session.must({ do: 'fill', ...field, text: pin, secret: true, wait: patience });
  await press(session, '^Ký$', { hides: field });
  await session.must({ do: 'find', role: 'heading', name: '^Ký số của cơ quan .đã xong', wait: patience });
}

/**
 * Opens the dialog about updates from the foot. The application asks by itself, too: a publication that changes while it does is
 * refused, and the foot says so.
 */
export async function openUpdates(session: Session, version: string): Promise<void> {
  const foot = `^((Phiên bản|Đã cập nhật lên) ${version.replaceAll('.', '\\.')}|Cập nhật: cần xem)`;
  await press(session, foot, { shows: { role: 'heading', name: '^Cập nhật ứng dụng$' } });
}

/** Asks for a new version; done when the server was really asked. */
export async function askAgain(session: Session, feed: Feed): Promise<void> {
  const before = feed.questions();
  await press(session, '^Hỏi lại', { is: () => feed.questions() > before });
}

/** Downloads what is offered, until this comes of it. */
export async function download(session: Session, shows: Sight): Promise<void> {
  await press(session, '^(Tải phiên bản mới|Tải lại)', { shows });
}

/** The word to restart, until this comes of it. */
export async function restart(session: Session, shows: Sight): Promise<void> {
  await press(session, '^Khởi động lại để cập nhật', { shows });
}
