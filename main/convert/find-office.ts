// Finds LibreOffice where its installers put it. It starts nothing.
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

type Environment = Readonly<Record<string, string | undefined>>;

function places(platform: NodeJS.Platform, env: Environment): string[] {
  switch (platform) {
    case 'win32':
      return [env.ProgramFiles, env['ProgramFiles(x86)'], 'C:\\Program Files', 'C:\\Program Files (x86)']
        .filter((folder) => folder !== undefined && folder !== '')
        .map((folder) => `${folder}\\LibreOffice\\program\\soffice.exe`);
    case 'darwin':
      return ['/Applications/LibreOffice.app/Contents/MacOS/soffice'];
    default:
      return ['/usr/lib/libreoffice/program/soffice', '/opt/libreoffice/program/soffice'];
  }
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/**
 * The program's path: the one that settings name and no other, else a known place, else PATH (not on Windows, where
 * anybody's folder may stand in it). Undefined when there is none.
 */
export function findOffice(
  named: string | undefined,
  env: Environment,
  platform: NodeJS.Platform = process.platform,
): string | undefined {
  if (named !== undefined) return isProgram(named) ? named : undefined;
  const known = places(platform, env).find(isProgram);
  if (known !== undefined || platform === 'win32') return known;
  const folders = (env.PATH ?? '').split(delimiter).filter((folder) => folder.startsWith('/'));
  return folders.flatMap((folder) => [join(folder, 'soffice'), join(folder, 'libreoffice')]).find(isProgram);
}
