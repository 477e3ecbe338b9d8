// Reads `--name value` arguments for the sandbox's programs. It knows no program.

/** The value of --name, or the fallback; without a fallback the program ends with a usage line. */
export function option(args: readonly string[], name: string, fallback?: string): string {
  const at = args.indexOf(`--${name}`);
  const value = at < 0 ? undefined : args[at + 1];
  const found = value ?? fallback;
  if (found === undefined) throw new Error(`missing --${name}`);
  return found;
}

/** A TCP port argument. */
export function portOption(args: readonly string[], name: string, fallback?: number): number {
  const text = option(args, name, fallback === undefined ? undefined : String(fallback));
  const port = Number(text);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new Error(`--${name} is no port: ${text}`);
  return port;
}
