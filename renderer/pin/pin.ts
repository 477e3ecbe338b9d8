// The PIN window's page: draws the screen that the state says and sends what a person decides. The PIN is in the field and,
// for one call, in bytes that are overwritten; nowhere else.
import type { PinRequest } from '../../preload/contract/pin';
import { openPinWindow } from './pin-window';
import { standingWords } from './standing-words';
import { defaultButton, maySign, type PinEffect, type PinEvent, type PinScreen, step } from './state';
import {
  codeWords,
  device,
  documentLine,
  eachWords,
  fixed,
  ownWords,
  summary,
  title,
  triesWords,
} from './words';

function byId<T extends HTMLElement>(id: string, type: new () => T): T {
  const found = document.getElementById(id);
  if (!(found instanceof type)) throw new Error(`no ${id}`);
  return found;
}

const form = byId('form', HTMLFormElement);
const field = byId('pin', HTMLInputElement);
const confirmBox = byId('confirm', HTMLInputElement);
const sameBox = byId('same', HTMLInputElement);
const signButton = byId('sign', HTMLButtonElement);
const refuseButton = byId('refuse', HTMLButtonElement);

const pinWindow = openPinWindow(window);
let screen: PinScreen = { kind: 'waiting' };
let capsLock = false;

function say(id: string, words: string | undefined, looks = ''): void {
  const element = byId(id, HTMLElement);
  element.hidden = words === undefined;
  // Set only when it changes: a screen reader would repeat an alert otherwise.
  if (words !== undefined && element.textContent !== words) element.textContent = words;
  element.classList.toggle('grave', looks === 'grave');
  element.classList.toggle('calm', looks === 'calm');
  element.classList.toggle('plain', looks === 'plain');
}

/** What is signed: written once, it never changes while the window stands. */
function drawRequest(request: PinRequest): void {
  const { language } = request;
  document.documentElement.lang = language;
  document.title = title(request);
  byId('title', HTMLElement).textContent = title(request);
  byId('device', HTMLElement).textContent = device(request);
  byId('summary', HTMLElement).textContent = summary(request);
  const standing = standingWords(request);
  say('standing', standing?.text, standing?.warns === false ? 'calm' : '');
  const list = byId('documents', HTMLOListElement);
  list.replaceChildren(
    ...request.documents.map((one, index) => {
      const item = document.createElement('li');
      item.textContent = request.documents.length === 1 ? one.subject : documentLine(request, index);
      return item;
    }),
  );
  // A long list is read to its end by keys too; the field keeps the focus.
  if (request.documents.length > 3) list.tabIndex = 0;
  list.hidden = request.documents.every((one) => one.subject === '') && request.documents.length === 1;
  byId('pin-label', HTMLElement).textContent = fixed.pin[language];
  byId('confirm-words', HTMLElement).textContent = fixed.understand[language];
  byId('same-words', HTMLElement).textContent = fixed.same[language];
}

function noteOf(now: PinScreen): { words: string; looks: string } | undefined {
  if (now.kind === 'waiting' || now.kind === 'over') return undefined;
  const { language, pinPad } = now.request;
  if (now.kind === 'trying')
    return { words: (pinPad ? fixed.padTrying : fixed.trying)[language], looks: 'calm' };
  if (now.kind === 'signing') return { words: fixed.signing[language], looks: 'calm' };
  if (now.warned) return { words: fixed.marks[language], looks: '' };
  return capsLock && !pinPad ? { words: fixed.capsLock[language], looks: '' } : undefined;
}

function aboutKey(now: PinScreen): string | undefined {
  if (now.kind !== 'typing' || now.stage === 'device') return undefined;
  const { language } = now.request;
  return now.stage === 'each' ? eachWords(now.count, language) : ownWords(now.count, language);
}

function draw(): void {
  if (screen.kind === 'waiting') return;
  const { request } = screen;
  const { language } = request;
  const typing = screen.kind === 'typing';
  const own = screen.kind === 'typing' && screen.stage === 'signature';
  form.hidden = false;
  byId('title', HTMLElement).textContent = own ? fixed.ownTitle[language] : title(request);
  byId('pin-label', HTMLElement).textContent = (own ? fixed.ownPin : fixed.pin)[language];
  field.hidden = request.pinPad || screen.kind === 'over';
  field.disabled = !typing || (own && screen.kind === 'typing' && screen.same);
  byId('same-row', HTMLElement).hidden = !own;
  sameBox.checked = screen.kind === 'typing' && screen.same;
  // Of the key's own PIN no device tells the tries.
  const tries =
    screen.kind === 'typing' && screen.stage === 'device' ? triesWords(screen.tries, language) : undefined;
  say('tries', tries?.text, tries?.look);
  const code = screen.kind === 'typing' || screen.kind === 'over' ? screen.code : undefined;
  say('error', code === undefined ? undefined : codeWords(code, language), 'grave');
  say('own', aboutKey(screen), 'calm');
  const note = noteOf(screen);
  say('note', note?.words, note?.looks ?? '');
  byId('confirm-row', HTMLElement).hidden = !(screen.kind === 'typing' && screen.tries === 'final');
  confirmBox.checked = screen.kind === 'typing' && screen.confirmed;
  signButton.textContent = (request.pinPad ? fixed.start : fixed.sign)[language];
  signButton.hidden = screen.kind === 'over';
  signButton.disabled = !maySign(screen);
  refuseButton.textContent = (screen.kind === 'over' ? fixed.close : fixed.refuse)[language];
  refuseButton.disabled = screen.kind === 'trying' || screen.kind === 'signing';
  const main = defaultButton(screen);
  signButton.classList.toggle('default', main === 'sign');
  refuseButton.classList.toggle('default', main === 'refuse');
}

function perform(effect: PinEffect, before: PinScreen): void {
  const confirmed = before.kind === 'typing' && before.confirmed;
  if (effect === 'send-pin') pinWindow.submit(new TextEncoder().encode(field.value), confirmed);
  else if (effect === 'send-same') pinWindow.saySame();
  else if (effect === 'send-pad') pinWindow.letPad(confirmed);
  else if (effect === 'send-cancel') pinWindow.cancel();
  else field.value = '';
}

/** At the last try nothing is typed by habit: the safe button has the focus. */
function focusOf(now: PinScreen): HTMLElement | undefined {
  if (now.kind === 'over') return refuseButton;
  if (now.kind !== 'typing') return undefined;
  if (now.tries === 'final') return refuseButton;
  return now.request.pinPad ? signButton : field;
}

function happen(event: PinEvent): void {
  const before = screen;
  const next = step(screen, event);
  for (const effect of next.effects) perform(effect, before);
  screen = next.screen;
  if (screen.kind !== 'waiting' && before.kind === 'waiting') drawRequest(screen.request);
  draw();
  if (screen.kind !== before.kind) focusOf(screen)?.focus();
}

function refuse(): void {
  if (screen.kind === 'over') window.close();
  else happen({ kind: 'cancel' });
}

field.addEventListener('input', () => {
  const plain = /^[\x20-\x7e]*$/.test(field.value);
  happen({ kind: 'typed', length: field.value.length, plain });
});
confirmBox.addEventListener('change', () => happen({ kind: 'confirmed', confirmed: confirmBox.checked }));
sameBox.addEventListener('change', () => happen({ kind: 'same', same: sameBox.checked }));
signButton.addEventListener('click', () => happen({ kind: 'sign' }));
refuseButton.addEventListener('click', refuse);
form.addEventListener('submit', (event) => event.preventDefault());
window.addEventListener('keydown', (event) => {
  const caps = event.getModifierState('CapsLock');
  if (caps !== capsLock) {
    capsLock = caps;
    draw();
  }
  if (event.key === 'Escape') refuse();
  else if (event.key === 'Enter' && event.target === field && !event.repeat) {
    event.preventDefault();
    if (defaultButton(screen) === 'sign') happen({ kind: 'sign' });
    else refuse();
  }
});
// Nothing is dropped into, dragged from or looked up in this window.
for (const name of ['dragover', 'drop', 'contextmenu']) {
  window.addEventListener(name, (event) => event.preventDefault());
}
pinWindow.onRequest((request) => happen({ kind: 'request', request }));
pinWindow.onAnswer((answer) => happen({ kind: 'answer', answer }));
