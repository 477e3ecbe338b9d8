// The jobs of the reading host on marks in PDF files: what goes in and what comes back, checked in full. It holds no behaviour.
import { z } from 'zod';
import { exportedMark } from '../../preload/contract/annotation';
import { unshownSigns } from '../../preload/contract/marking';
import { bytes, count, fileAccess } from './protocol-parts';

const mebibyte = 1 << 20;
const marks = z.array(exportedMark).max(5000);
const sha = z.string().regex(/^[0-9a-f]{64}$/);

export const markingAnswers = {
  'read-marks': z.strictObject({
    /** As what was imported from the file. */
    imported: marks,
    /** Those that were written here, as they were. */
    own: marks,
    others: count,
    cut: z.boolean(),
  }),
  'write-marks': z.strictObject({ increment: bytes(256 * mebibyte), unshown: unshownSigns }),
} as const;

export const markingInputs = {
  'read-marks': z.strictObject({ access: fileAccess, fileSha: sha, password: z.string().nullable() }),
  'write-marks': z.strictObject({
    access: fileAccess,
    fileSha: sha,
    marks,
    pictures: z.array(z.strictObject({ sha256: sha, png: bytes(8 * mebibyte) })).max(200),
    flattened: z.boolean(),
    copy: z
      .string()
      .regex(/^[0-9a-f]{32}$/)
      .optional(),
    fontPath: z.string(),
    password: z.string().nullable(),
  }),
} as const;
