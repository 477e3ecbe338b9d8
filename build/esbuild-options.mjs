// The bundler's options for each side. It decides targets and externals and nothing else.
export const floor = { node: 'node18', chrome: 'chrome114' };

/** zod's sentences in forty languages, a third of a bundle, are never shown: the desk's own codes have theirs. */
export const withoutZodLocales = {
  name: 'without-zod-locales',
  setup(bundler) {
    bundler.onLoad({ filter: /zod[\\/]v4[\\/]locales[\\/]index\.js$/ }, () => ({ contents: 'export {};' }));
  },
};

/**
 * Leaves modules that are imported only when they are needed in bundles of their own: what stands in main's bundle is read at
 * every start. `files` gives the name of the bundle for the last part of an import.
 */
export const loadedLater = (files) => ({
  name: 'loaded-later',
  setup(bundler) {
    bundler.onResolve({ filter: /^\.{1,2}\// }, ({ path, kind }) => {
      const file = kind === 'dynamic-import' ? files[path.split('/').at(-1)] : undefined;
      return file === undefined ? undefined : { path: `./${file}.cjs`, external: true };
    });
  },
});

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
