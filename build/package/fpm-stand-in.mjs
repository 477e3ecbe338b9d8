#!/usr/bin/env node
// Stands in for fpm where it cannot be had: takes exactly the arguments that electron-builder gives and builds the package
// with Debian's own dpkg-deb or rpmbuild. An argument that it does not know is an error, never a guess.
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';

const single = new Set(
  (
    '-s -t --architecture --after-install --after-remove --description --version --package --name --maintainer ' +
    '--vendor --url --category --license --iteration --deb-priority --deb-compression --rpm-os --rpm-compression --rpm-summary'
  ).split(' '),
);
const many = new Set(['-d', '--deb-recommends']);

function parse(args) {
  const options = { '-d': [], '--deb-recommends': [] };
  const paths = [];
  for (let at = 0; at < args.length; at += 1) {
    const arg = args[at];
    if (arg === '--force') continue;
    if (single.has(arg)) options[arg] = args[++at];
    else if (many.has(arg)) options[arg].push(args[++at]);
    else if (!arg.startsWith('-') && arg.includes('=')) paths.push(arg.split('='));
    else throw new Error(`unknown argument: ${arg}`);
  }
  return { options, paths };
}

function run(command, args, cwd) {
  const done = spawnSync(command, args, { cwd, encoding: 'utf8', maxBuffer: 1 << 28 });
  if (done.error !== undefined) throw done.error;
  if (done.status !== 0) throw new Error(`${command}: ${done.stdout}${done.stderr}`);
}

/** Lays the tree out as it will stand on the disk: readable by all, writable by its owner alone. */
function layOut(root, paths) {
  for (const [from, to] of paths) {
    const target = join(root, to);
    if (from.endsWith('/')) {
      mkdirSync(target, { recursive: true });
      run('cp', ['-a', '--reflink=auto', `${from}.`, target]);
    } else {
      mkdirSync(dirname(target), { recursive: true });
      copyFileSync(from, target);
      chmodSync(target, 0o644);
    }
  }
  run('chmod', ['-R', 'u+rwX,go=rX', root]);
}

function kibibytes(folder) {
  let bytes = 0;
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) bytes += kibibytes(path) * 1024;
    else if (entry.isFile()) bytes += statSync(path).size;
  }
  return Math.ceil(bytes / 1024);
}

/** Level 0 leaves the payload as it is: for tests, where time counts and size does not. */
const level = process.env.FPM_STAND_IN_LEVEL;

function deb(options, root) {
  mkdirSync(join(root, 'DEBIAN'));
  for (const [option, name] of [
    ['--after-install', 'postinst'],
    ['--after-remove', 'postrm'],
  ]) {
    if (options[option] === undefined) continue;
    copyFileSync(options[option], join(root, 'DEBIAN', name));
    chmodSync(join(root, 'DEBIAN', name), 0o755);
  }
  const [synopsis, ...lines] = options['--description'].split('\n').filter((one) => one.trim() !== '');
  const control = [
    ['Package', options['--name']],
    ['Version', options['--version'] + (options['--iteration'] ? `-${options['--iteration']}` : '')],
    ['Architecture', options['--architecture']],
    ['Maintainer', options['--maintainer']],
    ['Installed-Size', kibibytes(root)],
    ['Depends', options['-d'].join(', ')],
    ['Recommends', options['--deb-recommends'].join(', ')],
    ['Section', options['--category'] ?? 'misc'],
    ['Priority', options['--deb-priority']],
    ['Homepage', options['--url']],
    ['Description', [synopsis, ...lines.map((one) => ` ${one.trim()}`)].join('\n')],
  ];
  const text = control
    .filter(([, value]) => value !== undefined && value !== '')
    .map((pair) => pair.join(': '));
  writeFileSync(join(root, 'DEBIAN/control'), `${text.join('\n')}\n`);
  const kinds = { gz: 'gzip', xz: 'xz', zst: 'zstd' };
  const pack = level === '0' ? ['-Znone'] : [`-Z${kinds[options['--deb-compression']] ?? 'gzip'}`];
  if (level !== undefined && level !== '0') pack.push(`-z${level}`);
  run('dpkg-deb', ['--root-owner-group', ...pack, '--build', root, resolve(options['--package'])]);
}

/** Paths of all files below a folder of the tree, as they will be on the disk. */
function filesOf(root, folder) {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    return entry.isDirectory() ? filesOf(root, path) : [path];
  });
}

/** What stands in a spec as it is: nothing of it is a macro of rpm. */
const plain = (text) => text.replaceAll('%', '%%');

function rpm(options, root, work) {
  const scriptOf = (option) =>
    options[option] === undefined ? '' : plain(readFileSync(options[option], 'utf8'));
  const payload = { xzmt: `w${level ?? 6}T0.xzdio`, gzip: `w${level ?? 6}.gzdio` };
  const summary = options['--rpm-summary'] ?? options['--description'];
  const spec = `
%define _binary_payload ${payload[options['--rpm-compression']] ?? payload.gzip}
%define __os_install_post %{nil}
%define _build_id_links none
%global source_date_epoch_from_changelog 0
%global __requires_exclude_from ^/opt/.*$
%global __provides_exclude_from ^/opt/.*$
Name: ${options['--name']}
Version: ${options['--version'].replaceAll('-', '~')}
Release: ${options['--iteration'] ?? 1}
Summary: ${summary.split('\n')[0]}
License: ${options['--license'] ?? 'Apache-2.0'}
URL: ${options['--url']}
Vendor: ${options['--vendor']}
Packager: ${options['--maintainer']}
AutoReqProv: no
${options['-d'].map((one) => `Requires: ${one}`).join('\n')}
%description
${plain(options['--description'])}
%files
%defattr(-,root,root,-)
${readdirSync(join(root, 'opt'))
  .map((name) => `"/opt/${name}"`)
  .join('\n')}
${filesOf(root, '/usr')
  .map((path) => `"${path}"`)
  .join('\n')}
%post
${scriptOf('--after-install')}
%postun
${scriptOf('--after-remove')}
`;
  writeFileSync(join(work, 'package.spec'), spec);
  const top = join(work, 'rpm');
  const defines = ['--define', `_topdir ${top}`, '--define', `_rpmdir ${top}`];
  const arch = options['--architecture'] === 'amd64' ? 'x86_64' : options['--architecture'];
  const args = ['-bb', '--quiet', '--noclean', '--target', arch, '--buildroot', root];
  run('rpmbuild', [...args, ...defines, join(work, 'package.spec')], work);
  const built = readdirSync(join(top, arch)).find((name) => name.endsWith('.rpm'));
  copyFileSync(join(top, arch, built), resolve(options['--package']));
}

const { options, paths } = parse(process.argv.slice(2));
const work = mkdtempSync(
  join(process.env.VAN_THU_PACKAGE_TMP ?? tmpdir(), `${basename(options['--package'])}-`),
);
try {
  const root = join(work, 'root');
  mkdirSync(root, { mode: 0o755 });
  layOut(root, paths);
  if (options['-t'] === 'deb') deb(options, root);
  else if (options['-t'] === 'rpm') rpm(options, root, work);
  else throw new Error(`unknown kind of package: ${options['-t']}`);
} finally {
  rmSync(work, { recursive: true, force: true });
}
