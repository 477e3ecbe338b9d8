// Which of some files are packages, by their name alone; what they are, main decides.

export function packagesAmong<F extends { readonly name: string }>(files: readonly F[]): F[] {
  return files.filter((file) => /\.(edxml|xml)$/i.test(file.name));
}
