// English words of signers' pictures.
import type { viPictures } from './vi.pictures';

export const enPictures: Record<keyof typeof viPictures, string> = {
  'command.pictures': 'Pictures of signatures and seal',
  'devices.pictures': 'Pictures of signatures and seal…',
  'pictures.title': 'Pictures of signatures and seal',
  'pictures.about':
    'Each picture belongs to the person or agency named in a certificate and is kept encrypted on this machine. PNG with a transparent ground: the handwritten signature in blue, the seal in red and in its real size (Decree 30/2020).',
  'pictures.none':
    'There is no picture yet and no device is plugged in. Plug in a device, then choose a picture.',
  'pictures.no-picture': 'No picture yet',
  'pictures.seal': 'Seal',
  'pictures.signature': 'Handwritten signature',
  'pictures.facts': '{width} × {height} pixels, {mm} mm wide on the page',
  'pictures.colour-seal': 'A seal is to be red: look at the picture again.',
  'pictures.colour-signature': 'A handwritten signature is to be blue: look at the picture again.',
  'pictures.add': 'Choose a PNG for {holder}…',
  'pictures.replace': 'Replace the picture of {holder}…',
  'pictures.remove': 'Remove the picture of {holder}',
  'pictures.width': 'Width on the page (mm)',
  'pictures.resize': 'Change the size',
  'pictures.alt-seal': 'Seal of {holder}, in its real size',
  'pictures.alt-signature': 'Handwritten signature of {holder}, in its real size',
  'pictures.added': 'The picture of {holder} is kept, encrypted on this machine.',
  'pictures.resized': 'The picture of {holder} is {mm} mm wide on the page.',
  'pictures.removed': 'The picture of {holder} was removed. Signed documents do not change.',
};
