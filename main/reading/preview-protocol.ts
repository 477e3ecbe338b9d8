// The messages about looking into a file that is no page. It holds no behaviour.
import { z } from 'zod';
import { filePreview } from '../../preload/contract/preview';
import { fileAccess } from './protocol-parts';

export const previewAnswers = { 'file-preview': filePreview } as const;
export const previewInputs = { 'file-preview': z.strictObject({ access: fileAccess }) } as const;
