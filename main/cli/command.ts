// What a command of the command line is given and gives back. It knows no command.

export interface CliIo {
  /** The caller's folder: relative paths count from here, not from the project. */
  readonly callerFolder: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** One JSON line on stdout. */
  json(value: unknown): void;
  /** One human line on stderr. */
  message(text: string): void;
  /** stdin up to the first newline or its end, without the newline (for a PIN or a password). */
  readSecretLine(): Promise<Uint8Array>;
}

export interface CliCommand {
  readonly name: string;
  /** Usage lines, printed by --help on stderr. */
  readonly usage: readonly string[];
  /** Returns the exit code. A thrown Failure ends in exit 2 with {code, message} on stdout. */
  run(args: readonly string[], io: CliIo): Promise<number>;
}
