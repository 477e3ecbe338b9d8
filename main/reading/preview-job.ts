// The job that shows something of a file that is no page. It keeps nothing.
// File by file: the surface of the room would bring LibreOffice's starter into the reading host, which starts no program.
import { previewOf } from '../convert/preview';
import { type Job, withFile } from './job';
import { previewInputs } from './preview-protocol';

export const previewJobs: { readonly 'file-preview': Job<'file-preview'> } = {
  'file-preview': (input) => withFile(previewInputs['file-preview'].parse(input).access, previewOf),
};
