// Imported first: the driver's evaluation allows what the page's own policy forbids, and zod would believe it.
import { config } from 'zod';

config({ jitless: true });
