// The desk's words in English, the second language: every key of the Vietnamese has one here, or it does not compile.
import { enActs } from './en.acts';
import { enBatch } from './en.batch';
import { enCalendar } from './en.calendar';
import { enChecks } from './en.checks';
import { enCompare } from './en.compare';
import { enDevices } from './en.devices';
import { enDirectory } from './en.directory';
import { enDocument } from './en.document';
import { enFlows } from './en.flows';
import { enForms } from './en.forms';
import { enFrame } from './en.frame';
import { enHand } from './en.hand';
import { enHistory } from './en.history';
import { enIntake } from './en.intake';
import { enIssue } from './en.issue';
import { enLevels } from './en.levels';
import { enLists } from './en.lists';
import { enMarking } from './en.marking';
import { enMarks } from './en.marks';
import { enPictures } from './en.pictures';
import { enQuitting } from './en.quitting';
import { enReading } from './en.reading';
import { enRoles } from './en.roles';
import { enUpdates } from './en.updates';
import { enViewer } from './en.viewer';
import type { vi } from './vi';

export const en: Record<keyof typeof vi, string> = {
  ...enFrame,
  ...enLists,
  ...enDocument,
  ...enActs,
  ...enIntake,
  ...enQuitting,
  ...enReading,
  ...enIssue,
  ...enLevels,
  ...enChecks,
  ...enCompare,
  ...enDevices,
  ...enHistory,
  ...enCalendar,
  ...enDirectory,
  ...enHand,
  ...enRoles,
  ...enBatch,
  ...enFlows,
  ...enViewer,
  ...enMarking,
  ...enMarks,
  ...enUpdates,
  ...enForms,
  ...enPictures,
};
