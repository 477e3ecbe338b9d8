// `npm run publish-update`: signs a release and lays it into the folder of an update server, packages first and the description
// last. The private keys are read from files named in the environment and leave this machine in no way.
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { publish } from './package/feed.mjs';

const usage =
  'VAN_THU_SIGNING_KEYS=khóa1.pem[,khóa2.pem] npm run publish-update -- --to THƯ_MỤC --version X.Y.Z GÓI…\n' +
  '  [--platform linux-x64|win32-x64|darwin-x64|darwin-arm64] [--ring general|pilot] [--days 30] [--staged 0..100]\n' +
  '  [--notes TỆP] [--deadline 2026-12-31T00:00:00Z: bản vá bảo mật] [--rollback-from 1.2.3,1.2.4: quay lại bản cũ]';

/** As descriptions have it; what is no time is left for the check of the whole plan. */
function instantOf(text) {
  const time = new Date(text);
  return Number.isNaN(time.getTime()) ? text : time.toISOString();
}

try {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      to: { type: 'string' },
      version: { type: 'string' },
      platform: { type: 'string', default: 'linux-x64' },
      ring: { type: 'string', default: 'general' },
      days: { type: 'string', default: '30' },
      staged: { type: 'string', default: '100' },
      notes: { type: 'string' },
      deadline: { type: 'string' },
      'rollback-from': { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    console.log(usage);
    process.exit(0);
  }
  const keys = process.env.VAN_THU_SIGNING_KEYS;
  if (!values.to || !values.version || positionals.length === 0 || !keys) {
    throw new Error(usage);
  }
  const refused = positionals.filter((path) => path.includes('-ci'));
  if (refused.length > 0) throw new Error(`Không phát hành gói -ci: ${refused.join(', ')}`);
  const { name } = publish(
    values.to,
    positionals,
    {
      platform: values.platform,
      ring: values.ring,
      version: values.version,
      now: Date.now(),
      days: Number(values.days),
      staged: Number(values.staged),
      rollbackFrom: values['rollback-from']?.split(',') ?? [],
      deadline: values.deadline === undefined ? null : instantOf(values.deadline),
      notes: values.notes === undefined ? '' : readFileSync(values.notes, 'utf8'),
    },
    keys.split(',').map((path) => readFileSync(path, 'utf8')),
  );
  console.log(`${values.to}/${name}`);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
