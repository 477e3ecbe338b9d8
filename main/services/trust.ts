// The roots this profile trusts for signatures: read once at start from the files that settings name. It trusts nothing else.
import { readFile } from 'node:fs/promises';
import { Failure } from '../../preload/contract/failure';
import { joinTrust, readTrustFile, type TrustMaterial } from '../verifying';

/** Reads the anchor files. Throws Failure `file-unreadable` for one that is missing: trust must not shrink in silence. */
export async function readAnchors(paths: readonly string[]): Promise<TrustMaterial> {
  const materials: TrustMaterial[] = [];
  for (const path of paths) {
    try {
      materials.push(readTrustFile(await readFile(path)));
    } catch (error) {
      throw new Failure('file-unreadable', path, { cause: error });
    }
  }
  return joinTrust(materials);
}
