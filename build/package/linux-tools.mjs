// Points electron-builder at tools that need no download: Debian's 7-Zip, our stand-in for fpm, and the AppImage tools made
// of Debian's packages. Where the official tools can be fetched they are left to electron-builder.
import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { layOutAppImageTools } from './appimage-tools.mjs';

/** The environment of a build in `work`. Level 0 to 9; undefined: as small as it gets. */
export function offlineTools(work, level) {
  const tools = resolve(work, 'appimage-tools');
  rmSync(tools, { recursive: true, force: true });
  mkdirSync(tools, { recursive: true });
  layOutAppImageTools(tools, level ?? 15);
  const temporary = resolve(work, 'tmp');
  mkdirSync(temporary, { recursive: true });
  if (!existsSync('/usr/bin/7zz')) throw new Error('Thiếu /usr/bin/7zz (gói 7zip)');
  return {
    ELECTRON_BUILDER_7ZIP_PATH: '/usr/bin/7zz',
    CUSTOM_FPM_PATH: resolve(join('build', 'package', 'fpm-stand-in.mjs')),
    APPIMAGE_TOOLS_PATH: tools,
    VAN_THU_PACKAGE_TMP: temporary,
    ...(level === undefined
      ? {}
      : { ELECTRON_BUILDER_COMPRESSION_LEVEL: String(level), FPM_STAND_IN_LEVEL: String(level) }),
  };
}
