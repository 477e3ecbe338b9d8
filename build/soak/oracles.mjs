// What others say of one PDF: poppler over NSS of its signatures, qpdf of its structure. It runs them and reads their
// words; it judges nothing.
import { spawn } from 'node:child_process';

const LIMIT_MS = 60_000;

/** Runs a program to its end, at most a minute. Gives its exit code (null when it was stopped) and its output. */
export function runProgram(command, args, options = {}) {
  return new Promise((done) => {
    const child = spawn(command, args, { stdio: ['pipe', 'pipe', 'pipe'], ...options });
    let [out, errors] = ['', ''];
    const timer = setTimeout(() => child.kill('SIGKILL'), options.limit ?? LIMIT_MS);
    child.stdout.setEncoding('latin1').on('data', (text) => {
      out += text;
    });
    child.stderr.setEncoding('latin1').on('data', (text) => {
      errors += text;
    });
    child.on('error', (error) => {
      clearTimeout(timer);
      done({ code: null, out, errors: String(error) });
    });
    child.on('close', (code) => {
      clearTimeout(timer);
      done({ code, out, errors });
    });
    child.stdin.on('error', () => child.kill());
    child.stdin.end(options.input ?? '');
  });
}

/** Signatures by the name of their field, as poppler lists them: `valid` is its own word. */
export async function popplerSignatures(path, nss, password) {
  const secret = password === undefined ? [] : ['-upw', password, '-opw', password];
  const { code, out } = await runProgram('pdfsig', ['-nssdir', `sql:${nss}`, '-no-ocsp', ...secret, path]);
  const signatures = out
    .split(/^Signature #\d+:$/m)
    .slice(1)
    .map((text) => ({
      field: /- Signature Field Name: (.*)/.exec(text)?.[1] ?? '',
      valid: /- Signature Validation: Signature is Valid/.test(text),
      words: /- Signature Validation: (.*)/.exec(text)?.[1] ?? 'not validated',
    }));
  return { code, signatures };
}

/** The exit code of `qpdf --check`: 0 well, 3 with warnings, 2 with errors; null when it was stopped or crashed. */
export async function qpdfCheck(path, password) {
  const secret = password === undefined ? [] : [`--password=${password}`];
  return (await runProgram('qpdf', ['--check', ...secret, path])).code;
}

/** Worse is what was read well and is not, or has warnings it did not have. */
export function isWorse(before, after) {
  const rank = (code) => [0, 3, 2].indexOf(code) + (code === null ? 4 : 0);
  return rank(after) > rank(before);
}
