// `npm start`: makes everything ready and opens the desk with its sandbox beside it. It leaves the work to desk.cjs.
import { prepare } from './stage.mjs';

try {
  const stage = await prepare();
  process.exit(stage.run('out/tests/desk.cjs', process.argv.slice(2)));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
