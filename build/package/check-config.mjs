// Checks the packaging configuration of all three platforms against electron-builder's own schema, and that no decision we
// rely on has been turned. It builds nothing, so it runs everywhere.
import { createRequire } from 'node:module';
import { packageConfig } from './config.mjs';

const require = createRequire(import.meta.url);

/** Throws with electron-builder's words when an option is unknown or of the wrong kind. */
export async function checkConfig() {
  const { DebugLogger } = require('builder-util');
  const { validateConfiguration } = require('app-builder-lib/out/util/config/config.js');
  for (const platform of ['linux', 'win32', 'darwin']) {
    for (const floor of [false, true]) {
      const plan = {
        platform,
        app: 'app',
        work: 'work',
        output: 'out',
        electronVersion: '1.0.0',
        floor,
        level: floor ? 1 : undefined,
      };
      const config = packageConfig({ ...plan, publisher: ['CN=Văn Thư, O=Văn Thư, C=VN'] });
      await validateConfiguration(config, new DebugLogger(false));
      if (floor !== config.linux.artifactName.includes('-ci')) throw new Error('mức sàn phải mang tên -ci');
    }
  }
}
