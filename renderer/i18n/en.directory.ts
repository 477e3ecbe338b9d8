// English words of the directory of agencies.
import type { viDirectory } from './vi.directory';

export const enDirectory: Record<keyof typeof viDirectory, string> = {
  'receivers.found': 'Agencies of the directory',
  'receivers.old': '(old code {code})',
  'receivers.favourite': 'Favourite: {name}',
  'receivers.favourite-mark': '★',
  'receivers.favourite-none': '☆',
  'receivers.use-instead': 'Use {agency}',
  'receivers.standing-old-code': 'This is an old code.',
  'receivers.standing-merged': 'This province became part of another on 01/07/2025.',
  'receivers.standing-removed': 'This agency is no longer in the directory.',
  'receivers.standing-technical': 'This is a technical code, no receiver of documents.',
  'receivers.standing-unknown': 'This code is not in the directory. Check it before sending.',
  'groups.title': 'Groups of receivers ({count})',
  'groups.choose': 'Group',
  'groups.add': 'Add the whole group',
  'groups.remove': 'Remove the group',
  'groups.name': 'Name of a new group',
  'groups.save': 'Save as a group',
  'groups.no-members': 'Choose receivers first.',
  'groups.no-name': 'Give the group a name.',
};
