// Branded identifiers: a string that was checked once. The only place where a cast to a brand stands.
import { z } from 'zod';

/** Lower-case hex SHA-256 of plain bytes: the name of a blob everywhere but on disk. */
export const sha256 = z
  .string()
  .regex(/^[0-9a-f]{64}$/)
  .brand<'Sha256'>();
export type Sha256 = z.infer<typeof sha256>;

/** UUID of a document on this desk. */
export const deskId = z.uuid().brand<'DeskId'>();
export type DeskId = z.infer<typeof deskId>;

/** UUID of one act of the clerk or the system; the same act repeated has the same id. */
export const actId = z.uuid().brand<'ActId'>();
export type ActId = z.infer<typeof actId>;

/** Name of a package at the hub (docId), opaque, at most 200 ASCII characters. */
export const hubDocId = z.string().min(1).max(200).brand<'HubDocId'>();
export type HubDocId = z.infer<typeof hubDocId>;

/** UTC time, ISO 8601 with milliseconds and Z. */
export const instant = z.iso.datetime({ precision: 3 }).brand<'Instant'>();
export type Instant = z.infer<typeof instant>;

/** A calendar day in Vietnam, yyyy-MM-dd. */
export const day = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/)
  .brand<'Day'>();
export type Day = z.infer<typeof day>;

export function asSha256(value: string): Sha256 {
  return sha256.parse(value);
}
export function asInstant(value: Date): Instant {
  return value.toISOString() as Instant;
}
export function asDay(value: string): Day {
  return day.parse(value);
}
export function newDeskId(): DeskId {
  return globalThis.crypto.randomUUID() as DeskId;
}
export function newActId(): ActId {
  return globalThis.crypto.randomUUID() as ActId;
}
/** The calendar day in Vietnam (UTC+7, no daylight saving) of an instant, whatever the PC's zone. */
export function dayOf(time: Date): Day {
  return new Date(time.getTime() + 7 * 3_600_000).toISOString().slice(0, 10) as Day;
}
