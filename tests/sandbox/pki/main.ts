// The sandbox PKI as a program: `make --out DIR [--port N]` and `serve --dir DIR [--port N]`.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { option, portOption } from '../arguments';
import { makePki, type PkiIndex, writeCrls } from './make';
import { pkiServer } from './serve';

const defaultPort = 18_801;

function main(): void {
  const [command, ...args] = process.argv.slice(2);
  if (command === 'make') {
    const folder = option(args, 'out');
    makePki(folder, portOption(args, 'port', defaultPort));
    process.stdout.write(`${JSON.stringify({ made: folder })}\n`);
  } else if (command === 'serve') {
    const folder = option(args, 'dir');
    const index = JSON.parse(readFileSync(join(folder, 'index.json'), 'utf8')) as PkiIndex;
    // A sandbox that slept for a month would serve expired lists.
    writeCrls(folder);
    const server = pkiServer(folder);
    server.listen(portOption(args, 'port', index.port), '127.0.0.1', () => {
      const address = server.address();
      const port = address !== null && typeof address === 'object' ? address.port : 0;
      process.stdout.write(`${JSON.stringify({ listening: `http://127.0.0.1:${port}` })}\n`);
    });
  } else {
    process.stderr.write('pki make --out DIR [--port N] | pki serve --dir DIR [--port N]\n');
    process.exitCode = 2;
  }
}

main();
