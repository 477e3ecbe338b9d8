// What a window is shown of signing devices: drivers by name, never by path, their tokens and certificates. It holds no behaviour.
import { z } from 'zod';
import { instant } from './ids';

const certificate = z.strictObject({
  /** Personal numbers are masked by main. */
  holder: z.string(),
  issuer: z.string(),
  validTo: instant,
  keyType: z.string(),
  /** Code of why it cannot sign documents; null: it can. */
  reason: z.string().nullable(),
});

const token = z.strictObject({
  label: z.string(),
  maker: z.string(),
  model: z.string(),
  pinState: z.string(),
  pinPad: z.boolean(),
  /** Code of why it cannot be read; null: it can. */
  code: z.string().nullable(),
  certificates: z.array(certificate),
});
export type DeviceToken = z.infer<typeof token>;

export const driverCard = z.strictObject({
  /** Stands for the file's path, which stays in main. */
  id: z.string().regex(/^[0-9a-f]{16}$/),
  /** The file's own name, without folders. */
  file: z.string(),
  brand: z.string(),
  description: z.string(),
  version: z.string(),
  /** Chosen on this machine by a person, who may take it back. */
  chosen: z.boolean(),
  /** Code of why it cannot be used; null: it answers. */
  code: z.string().nullable(),
  tokens: z.array(token),
});
export type DriverCard = z.infer<typeof driverCard>;
