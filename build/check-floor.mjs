// Refuses bundles that use what the floor runtime (Node 18, Chromium 114) lacks. It reads our own sources, where the
// type checker's library (ES2022) cannot see a name of the platform.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** Names that came after the floor, each with what to use instead. */
const missing = [
  [/\bPromise\.withResolvers\b/, 'new Promise'],
  [/\bArray\.fromAsync\b/, 'a for await loop'],
  [/\bURL\.(canParse|parse)\b/, 'new URL in try'],
  [/\.(isSubsetOf|isSupersetOf|isDisjointFrom|symmetricDifference)\(/, 'loops over a Set'],
  [/\b(Object|Map)\.groupBy\b/, 'a loop'],
  [/\.(toSorted|toReversed|toSpliced)\(/, 'a copy, then sort'],
  [/\bIterator\.from\b/, 'a generator'],
  [/\bnavigator\.locks\.query\b.*\bsteal\b/, 'a plain lock'],
  [/light-dark\(/, 'a media query'],
  [/\bprocess\.getBuiltinModule\b/, 'an import'],
  [/\bimport\.meta\.(dirname|filename)\b/, 'import.meta.url'],
  [/\bcrypto\.hash\(/, 'createHash'],
  [/\.bytes\(\)/, 'arrayBuffer()'],
];

function* sources(path) {
  for (const name of readdirSync(path)) {
    const inner = join(path, name);
    if (statSync(inner).isDirectory()) yield* sources(inner);
    else if (/\.(ts|tsx|css)$/.test(name) && !/\.test\.tsx?$/.test(name)) yield inner;
  }
}

let found = 0;
for (const folder of ['main', 'preload', 'renderer']) {
  for (const file of sources(folder)) {
    readFileSync(file, 'utf8')
      .split('\n')
      .forEach((line, at) => {
        for (const [pattern, instead] of missing) {
          if (!pattern.test(line)) continue;
          found += 1;
          console.error(`${file}:${at + 1}: mức sàn không có; dùng ${instead}: ${line.trim()}`);
        }
      });
  }
}
process.exit(found === 0 ? 0 : 1);
