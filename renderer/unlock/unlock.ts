// The unlock page: asks for the passphrase of the store where the system has no keyring. It keeps no passphrase.
import type { UnlockAnswer, UnlockState } from '../../preload/contract/unlock';

interface UnlockApi {
  state(): Promise<UnlockAnswer>;
  submit(passphrase: string): Promise<UnlockAnswer>;
  recover(recovery: string, passphrase: string): Promise<UnlockAnswer>;
  quit(): Promise<unknown>;
}
declare global {
  interface Window {
    readonly unlock: UnlockApi;
  }
}

function byId<T extends HTMLElement>(id: string, type: new () => T): T {
  const found = document.getElementById(id);
  if (!(found instanceof type)) throw new Error(`no ${id}`);
  return found;
}

const pass = byId('pass', HTMLInputElement);
const again = byId('again', HTMLInputElement);
const recover = byId('recover', HTMLInputElement);
const kept = byId('kept', HTMLInputElement);
const error = byId('error', HTMLElement);
const open = byId('open', HTMLButtonElement);
let mode: 'create' | 'enter' | 'recover' = 'enter';

function say(title: string, words: string): void {
  byId('title', HTMLElement).textContent = title;
  byId('words', HTMLElement).textContent = words;
}

function showRecover(): void {
  mode = 'recover';
  say('Khôi phục hồ sơ', 'Nhập cụm khôi phục đã chép ra giấy và đặt cụm mật khẩu mới.');
  byId('recover-row', HTMLElement).hidden = false;
  byId('again-row', HTMLElement).hidden = false;
  byId('pass-label', HTMLElement).textContent = 'Cụm mật khẩu mới';
  byId('forgot', HTMLElement).hidden = true;
  open.textContent = 'Khôi phục và mở';
  recover.focus();
}

function show(state: UnlockState): void {
  byId('form', HTMLElement).hidden = state.mode === 'stopped' || state.mode === 'open';
  switch (state.mode) {
    case 'create':
      mode = 'create';
      say(
        'Đặt cụm mật khẩu',
        'Máy này không có kho khóa của hệ điều hành. Văn bản trên máy được mã hóa bằng cụm mật khẩu này (ít nhất 12 ký tự).',
      );
      byId('again-row', HTMLElement).hidden = false;
      byId('forgot', HTMLElement).hidden = true;
      byId('recovery', HTMLElement).hidden = state.recovery === null;
      byId('recovery-text', HTMLElement).textContent = state.recovery ?? '';
      kept.required = state.recovery !== null;
      open.textContent = 'Đặt và mở';
      break;
    case 'enter':
      say('Mở khóa Văn Thư', 'Nhập cụm mật khẩu của hồ sơ này.');
      break;
    case 'stopped':
      say('Chưa mở được hồ sơ', `${state.sentence} Mã: ${state.code}`);
      break;
    case 'open':
      say('Đang mở…', '');
      break;
  }
  pass.focus();
}

function complain(text: string): void {
  error.textContent = text;
}

async function submit(): Promise<void> {
  complain('');
  if (mode !== 'enter' && pass.value !== again.value) {
    complain('Hai lần nhập chưa giống nhau.');
    return;
  }
  open.disabled = true;
  const answer = await (mode === 'recover'
    ? window.unlock.recover(recover.value, pass.value)
    : window.unlock.submit(pass.value));
  pass.value = '';
  again.value = '';
  open.disabled = false;
  if (answer.ok) show(answer.state);
  else complain(`${answer.sentence} Mã: ${answer.code}`);
}

byId('form', HTMLFormElement).addEventListener('submit', (event) => {
  event.preventDefault();
  void submit();
});
byId('forgot', HTMLButtonElement).addEventListener('click', showRecover);
byId('quit', HTMLButtonElement).addEventListener('click', () => void window.unlock.quit());

async function begin(): Promise<void> {
  const answer = await window.unlock.state();
  if (answer.ok) show(answer.state);
  else say('Chưa mở được hồ sơ', `${answer.sentence} Mã: ${answer.code}`);
}
void begin();
