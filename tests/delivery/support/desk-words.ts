// What a clerk does in a packed application, by the words on the screen. It knows no package and no server.
import type { Session } from './session';

const patience = 300;

/** Presses a button by the beginning of its words, once it can be pressed. */
export async function press(session: Session, name: string): Promise<void> {
  await session.must({ do: 'press', role: 'push button', name, wait: patience });
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
  await press(session, '^Lưu và bắt đầu');
}

/** Registers and accepts the document that is open. */
export async function acceptDocument(session: Session): Promise<void> {
  await press(session, '^Tiếp nhận, đăng ký');
  await sees(session, '^Chờ trình 1');
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
  await press(session, '^Phát hành văn bản');
  await chooseFile(session, file);
  await session.must({ do: 'window', name: '^Văn Thư$' });
  await session.must({ do: 'fill', role: 'entry', name: '^Người ký', text: 'Tran Thi Binh' });
  await session.must({ do: 'focus', role: 'combo box', name: '^Tên cơ quan' });
  await session.must({ do: 'type', text: 'Ha Noi' });
  await session.must({ do: 'key', keys: 'Tab' });
  await session.must({ do: 'type', text: 'H26' });
  await press(session, '^Thêm$');
  await press(session, '^Lưu và trình ký');
  await press(session, '^Kiểm tra chữ ký số trên tệp');
  await press(session, '^Cấp số, đăng ký');
  await press(session, '^Ký số của cơ quan$');
  await session.must({ do: 'window', name: '^Nhập mã PIN$', wait: patience });
  const field = { role: 'password text', name: '^Mã PIN', text: pin, secret: true } as const;
  await session.must({ do: 'fill', ...field, wait: patience });
  await press(session, '^Ký$');
  await session.must({ do: 'find', role: 'heading', name: '^Ký số của cơ quan .đã xong', wait: patience });
}

/** Opens the dialog about updates from the foot. */
export async function openUpdates(session: Session, version: string): Promise<void> {
  await press(session, `^(Phiên bản|Đã cập nhật lên) ${version.replaceAll('.', '\\.')}`);
}
