// English words of the dialog of signing devices.
import type { viDevices } from './vi.devices';

export const enDevices: Record<keyof typeof viDevices, string> = {
  'devices.title': 'Signing devices',
  'devices.about':
    'The drivers on this machine, and the devices and certificates each of them shows. Looking here uses no PIN.',
  'devices.looking': 'Asking the drivers…',
  'devices.none':
    'No driver is found. Install the software of the signing device, or choose the driver file.',
  'devices.own': 'Chosen here',
  'devices.loaded': 'Loaded',
  'devices.not-loaded': 'Not usable',
  'devices.no-token': 'No device is plugged in.',
  'devices.device': 'Device:',
  'devices.pin-ready': 'PIN: ready',
  'devices.pin-none': 'No PIN needed',
  'devices.pin-low': 'PIN: entered wrong before, few tries left',
  'devices.pin-final': 'PIN: the last try is left',
  'devices.pin-locked': 'PIN: locked',
  'devices.pin-must-change': 'PIN: to be changed first',
  'devices.pin-not-set': 'PIN: not set',
  'devices.pin-not-initialized': 'The device is not initialized',
  'devices.pin-unknown': 'PIN: state not known',
  'devices.pin-pad': 'The PIN is entered on the reader.',
  'devices.valid-to': 'valid to {day}',
  'devices.usable': 'Can sign',
  'devices.unusable': 'Cannot sign',
  'devices.test': 'Test {file}',
  'devices.forget': 'Remove this driver',
  'devices.choose': 'Choose a driver file…',
  'devices.chosen': '{file} was added and is remembered.',
  'devices.answers': '{file} answers well. Devices plugged in: {count}.',
  'devices.copy': 'Copy diagnostics',
  'devices.copied':
    '{count} lines were copied for technical support. They hold no PIN and no personal number.',
  'command.devices': 'Signing devices',
};
