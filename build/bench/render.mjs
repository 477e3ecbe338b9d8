// `npm run -s bench -- render`: prepares the application and runs the figures of the reading view as the unprivileged user.
import { prepare } from '../stage.mjs';

const stage = await prepare({ purposes: ['run', 'test'] });
process.exit(stage.run('out/tests/bench-render.cjs', process.argv.slice(2)));
