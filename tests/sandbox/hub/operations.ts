// The operations by name, those of SDK 2.0.1 included. Nothing else.
import { deleteAgency, getAgenciesList, getSynchronizeUnit, registerAgency } from './agency-operations';
import {
  count,
  downloadEdoc,
  getEdoc,
  getReceivedEdocList,
  getSentEdocList,
  updateStatus,
} from './list-operations';
import type { Operation } from './operation';
import { sendEdoc } from './send-operation';

export const operations: Readonly<Record<string, Operation>> = {
  getReceivedEdocList,
  getSentEdocList,
  getEdoc,
  sendEdoc,
  updateStatus,
  getAgenciesList,
  getSynchronizeUnit,
  registerAgency,
  deleteAgency,
  countReceiveEdoc: count('edoc'),
  countReceiveStatus: count('status'),
  downloadEdoc,
};
