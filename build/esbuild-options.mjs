// The bundler's options for each side. It decides targets and externals and nothing else.
export const floor = { node: 'node18', chrome: 'chrome114' };

/** Options shared by everything that runs on Node (main, hosts, command line, sandbox). */
export function nodeOptions(extra) {
  return {
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: floor.node,
    external: ['electron', 'pkcs11js'],
    sourcemap: 'linked',
    logLevel: 'warning',
    legalComments: 'none',
    define: { 'import.meta.url': '__importMetaUrl' },
    banner: { js: "const __importMetaUrl = require('node:url').pathToFileURL(__filename).href;" },
    ...extra,
  };
}
