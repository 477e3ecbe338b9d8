// `history-check`: whether a history file that was given away is still what it was. It opens no profile.
import { readFile } from 'node:fs/promises';
import { Failure } from '../../preload/contract/failure';
import { historyFile } from '../../preload/contract/history-chain';
import { chainFault, firstPrevious } from '../services/history/chain';
import type { CliCommand } from './command';
import { callerPath } from './io';

const words = {
  'row-changed': 'Nội dung của dòng này đã bị sửa.',
  'row-missing': 'Thiếu dòng này, hoặc thứ tự các dòng đã bị đổi.',
  'end-missing': 'Phần cuối của lịch sử đã bị cắt.',
} as const;

async function read(path: string): Promise<unknown> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    throw new Failure('file-unreadable', path, { cause: error });
  }
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Failure('file-unreadable', `${path}: JSON`, { cause: error });
  }
}

export const historyCheckCommand: CliCommand = {
  name: 'history-check',
  usage: ['history-check TỆP.json [--last MÃ_BĂM]'],
  async run(args, io) {
    const [path, flag, last] = args.filter((one) => one !== '--json');
    if (path === undefined || (flag !== undefined && (flag !== '--last' || last === undefined))) {
      throw new Failure('usage', 'history-check TỆP.json [--last MÃ_BĂM]');
    }
    const parsed = historyFile.safeParse(await read(callerPath(io, path)));
    if (!parsed.success) throw new Failure('file-unreadable', 'van-thu-history');
    const file = parsed.data;
    // A whole chain may have been made anew: only a hash that was told elsewhere shows that.
    const expected = last === undefined ? file.last : last.toLowerCase();
    // Nothing can be missing from a file that is held against the beginning, be it empty or not.
    const known = expected === firstPrevious || file.rows.some((row) => row.hash === expected);
    const found =
      chainFault(file) ?? (known ? null : { fault: 'end-missing' as const, seq: file.rows.length + 1 });
    io.json({ rows: file.rows.length, last: file.last, intact: found === null, ...found });
    io.message(
      found === null
        ? `Lịch sử nguyên vẹn: ${file.rows.length} dòng.`
        : `Dòng ${found.seq}: ${words[found.fault]}`,
    );
    return found === null ? 0 : 1;
  },
};
