// English words of leaving with packages unsent.
import type { viQuitting } from './vi.quitting';

export const enQuitting: Record<keyof typeof viQuitting, string> = {
  'quit.title': 'Not everything is sent',
  'quit.unsent': '{count} packages wait to be sent (documents, statuses).',
  'quit.safe': 'They are saved on this computer; if you quit now, they are sent when the desk opens next.',
  'quit.sending': 'Sending, {count} packages left. After a minute, what is unsent stays for the next time.',
  'quit.send': 'Send and quit',
  'quit.now': 'Quit now',
  'quit.stay': 'Stay',
};
