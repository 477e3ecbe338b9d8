// English words of a certificate's standing before signing and of the levels of signatures after it.
import type { viLevels } from './vi.levels';

export const enLevels: Record<keyof typeof viLevels, string> = {
  'standing.checking': 'Checking the status of the certificate…',
  'standing.good': 'The certificate is in force and not revoked (checked at {time}).',
  'standing.revoked': 'The certificate was revoked or suspended: it must not sign.',
  'standing.expired': 'The certificate or its issuer’s has expired: it must not sign.',
  'standing.not-yet-valid': 'The certificate is not yet valid: check this machine’s clock.',
  'standing.unknown':
    'The status of the certificate could not be checked, since its authority could not be asked. Signing is possible; be sure that it was not revoked.',
  'standing.untrusted':
    'The certificate leads to no root that this machine trusts: receivers may refuse it. Tell support before signing.',
  'standing.evidence': 'Certificate checked at {time}: {words}.',
  'standing.word-good': 'in force',
  'standing.word-unknown': 'could not be checked',
  'standing.word-untrusted': 'leads to no trusted root',
  'standing.word-bad': 'not in force',
  'standing.save-evidence': 'Save the evidence…',
  'standing.saved-evidence': 'The evidence of the certificate’s check was saved.',
  'step-state.waiting': '(by itself when possible)',
  'time.level': '{signer}: level {level}',
  'time.file': '{name} · {signer}: level {level}',
  'time.waiting': 'Waits for its time stamp. Nothing needs to be done.',
  'time.working': 'Adding time stamp and data for lasting validation…',
  'time.no-network': 'Waits for the network to be time-stamped; tries again at {time}.',
  'time.refused':
    'The time-stamping server refused (“{said}”). The signature keeps its value; tries again at {time}. If it is refused again, ask the administrator to check account and address of the time-stamping server.',
  'time.wrong':
    'The time-stamping server gave a wrong answer (“{said}”), which is not used. The signature keeps its value; tries again at {time}.',
  'time.limited': 'The time-stamping server limits how often it is asked; tries again at {time}.',
  'time.no-data': 'The data for lasting validation is not complete; tries again at {time}.',
  'time.again': '{why} Tries again at {time}.',
  'time.try-now': 'Try now',
  'time.lasting': 'What was sent does not change. Lasting copy of {name}: level {level}.',
  'time.save-lasting': 'Save the lasting copy…',
  'foot.levels': 'Waiting for a time stamp: {count}',
  'history.raised': 'Time stamp and data for lasting validation added',
  'report.organization': 'The signer’s organisation',
  'report.period': 'Certificate valid',
  'report.period-words': '{from} to {to}',
  'report.path': 'Trust path',
};
