// The bundler's options for each side. It decides targets and externals and nothing else.
export const floor = { node: 'node18', chrome: 'chrome114' };

/** zod's sentences in forty languages, a third of a bundle, are never shown: the desk's own codes have theirs. */
export const withoutZodLocales = {
  name: 'without-zod-locales',
  setup(bundler) {
    bundler.onLoad({ filter: /zod[\\/]v4[\\/]locales[\\/]index\.js$/ }, () => ({ contents: 'export {};' }));
  },
};

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
    plugins: [withoutZodLocales],
    define: { 'import.meta.url': '__importMetaUrl' },
    banner: { js: "const __importMetaUrl = require('node:url').pathToFileURL(__filename).href;" },
    ...extra,
  };
}
