// The desk's words in Vietnamese: the source of truth. One word for one idea; sentence case; no state by colour alone.
// Sentences of codes stand in preload/contract/codes; the words stand by area in vi.*.ts.
import { viActs } from './vi.acts';
import { viBatch } from './vi.batch';
import { viCalendar } from './vi.calendar';
import { viChecks } from './vi.checks';
import { viCompare } from './vi.compare';
import { viDevices } from './vi.devices';
import { viDirectory } from './vi.directory';
import { viDocument } from './vi.document';
import { viFlows } from './vi.flows';
import { viForms } from './vi.forms';
import { viFrame } from './vi.frame';
import { viHand } from './vi.hand';
import { viHistory } from './vi.history';
import { viIntake } from './vi.intake';
import { viIssue } from './vi.issue';
import { viLevels } from './vi.levels';
import { viLists } from './vi.lists';
import { viMarking } from './vi.marking';
import { viMarks } from './vi.marks';
import { viPictures } from './vi.pictures';
import { viQuitting } from './vi.quitting';
import { viReading } from './vi.reading';
import { viRoles } from './vi.roles';
import { viUpdates } from './vi.updates';
import { viViewer } from './vi.viewer';

export const vi = {
  ...viFrame,
  ...viLists,
  ...viDocument,
  ...viActs,
  ...viIntake,
  ...viQuitting,
  ...viReading,
  ...viIssue,
  ...viLevels,
  ...viChecks,
  ...viCompare,
  ...viDevices,
  ...viHistory,
  ...viCalendar,
  ...viDirectory,
  ...viHand,
  ...viRoles,
  ...viBatch,
  ...viFlows,
  ...viViewer,
  ...viMarking,
  ...viMarks,
  ...viUpdates,
  ...viForms,
  ...viPictures,
} as const;
