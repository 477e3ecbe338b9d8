// Lays out the tools that electron-builder's AppImage target asks for, out of Debian's own, for machines that cannot fetch
// the official ones. What comes of it is for tests: its start-up part is a shell script that needs unsquashfs.
import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const runtimeSize = 2048;

/** Unpacks the image and runs it; the real runtime does this in C, or mounts it. */
const runtime = `#!/bin/sh
APPIMAGE=$(readlink -f "$0")
export APPIMAGE
work=$(mktemp -d "\${TMPDIR:-/tmp}/van-thu-image-XXXXXX") || exit 71
trap 'rm -rf "$work"' EXIT
unsquashfs -quiet -no-progress -dest "$work/root" -offset ${runtimeSize} "$APPIMAGE" >/dev/null || exit 71
APPDIR=$work/root
export APPDIR
"$APPDIR/AppRun" "$@"
exit $?
`;

/** The configuration names zstd, whose lowest level is 1: small enough for a memory disk, and hardly slower than not to pack. */
const mksquashfs = (level) =>
  `#!/bin/sh\nexec nice -n 15 /usr/bin/mksquashfs "$@" -Xcompression-level ${Math.max(1, level)}\n`;

/** Makes the layout of toolset 1.0.3 in `folder`. */
export function layOutAppImageTools(folder, level) {
  mkdirSync(join(folder, 'runtimes'), { recursive: true });
  mkdirSync(join(folder, 'lib/x64'), { recursive: true });
  writeFileSync(join(folder, 'mksquashfs'), mksquashfs(level));
  chmodSync(join(folder, 'mksquashfs'), 0o755);
  symlinkSync('/usr/bin/desktop-file-validate', join(folder, 'desktop-file-validate'));
  const bytes = Buffer.alloc(runtimeSize, '\n');
  bytes.write(runtime);
  writeFileSync(join(folder, 'runtimes/runtime-x64'), bytes);
  chmodSync(join(folder, 'runtimes/runtime-x64'), 0o755);
}
