// A path that means the same wherever the application starts: from the root, or from a Windows drive. It opens nothing.
import { z } from 'zod';

export const absolutePath = z
  .string()
  .startsWith('/', { error: 'phải là đường dẫn đầy đủ' })
  .or(z.string().regex(/^(?:[A-Za-z]:\\|\\\\[^\\]+\\)/, { error: 'phải là đường dẫn đầy đủ' }));
