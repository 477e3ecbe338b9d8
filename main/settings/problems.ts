// What is wrong in settings.json, in Vietnamese, one line a problem: where it stands and what is expected there. Pure.
import type { z } from 'zod';

type Issue = z.core.$ZodIssue;

const types: Readonly<Record<string, string>> = {
  string: 'chuỗi ký tự',
  number: 'số',
  int: 'số nguyên',
  boolean: 'true hoặc false',
  array: 'danh sách',
  object: 'một nhóm giá trị { }',
};

const place = (path: readonly PropertyKey[]): string =>
  path.length === 0 ? 'settings.json' : path.map(String).join('.');

/** The one sentence of a union that fits best: of its members the one with the fewest problems. */
function ofUnion(issue: Extract<Issue, { code: 'invalid_union' }>): string {
  if (issue.discriminator !== undefined) return 'không thuộc các loại được hỗ trợ (vxp, lgsp, xroad, folder)';
  const [best] = [...issue.errors].sort((left, right) => left.length - right.length);
  return best?.[0] === undefined ? 'không đúng' : wordsOf(best[0]);
}

function wordsOf(issue: Issue): string {
  switch (issue.code) {
    case 'invalid_type':
      return `phải là ${types[issue.expected] ?? issue.expected}`;
    case 'too_small':
      return issue.origin === 'string' ? 'không được để trống' : `phải từ ${issue.minimum} trở lên`;
    case 'too_big':
      return issue.origin === 'string'
        ? `không được dài quá ${issue.maximum} ký tự`
        : `không được quá ${issue.maximum}`;
    case 'invalid_value':
      return `phải là một trong: ${issue.values.map(String).join(', ')}`;
    case 'unrecognized_keys':
      return `có mục không được hỗ trợ: ${issue.keys.join(', ')}`;
    case 'invalid_key':
      return issue.issues[0]?.message ?? issue.message;
    case 'invalid_union':
      return ofUnion(issue);
    default:
      return issue.message;
  }
}

function isMissing(issue: Issue, given: unknown): boolean {
  let value = given;
  for (const key of issue.path) {
    if (typeof value !== 'object' || value === null) return false;
    value = (value as Record<PropertyKey, unknown>)[key];
  }
  return value === undefined;
}

/**
 * Lines such as `hub.endpoint: còn thiếu`. Values never stand in them.
 * @param given what was checked
 */
export function problemsOf(error: z.ZodError, given: unknown): string[] {
  return error.issues.map(
    (issue) => `${place(issue.path)}: ${isMissing(issue, given) ? 'còn thiếu' : wordsOf(issue)}`,
  );
}
