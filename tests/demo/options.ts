// What the demonstration was asked for on its command line. It starts nothing.

export interface DemoOptions {
  readonly out: string;
  /** Scratch folder of this run. */
  readonly work: string;
  /** Another hub than the sandbox's, or null. */
  readonly hub: { readonly endpoint: string; readonly systemId: string; readonly secretName: string } | null;
  readonly receivers: readonly string[];
  readonly waitSeconds: number;
}

function value(args: readonly string[], name: string): string | undefined {
  const at = args.indexOf(name);
  return at < 0 ? undefined : args[at + 1];
}

/** Reads the arguments; throws a sentence for wrong ones. */
export function demoOptions(args: readonly string[]): DemoOptions {
  const out = value(args, '--out');
  const work = value(args, '--work');
  if (out === undefined || work === undefined) throw new Error('--out DIR --work DIR');
  const endpoint = value(args, '--hub');
  const systemId = value(args, '--system-id');
  const secretName = value(args, '--secret-env');
  if (endpoint !== undefined && (systemId === undefined || secretName === undefined)) {
    throw new Error('--hub URL cần đi cùng --system-id ID và --secret-env NAME');
  }
  if (endpoint !== undefined && (process.env[secretName ?? ''] ?? '') === '') {
    throw new Error(`biến môi trường ${secretName ?? ''} chưa có mật khẩu của trục`);
  }
  const wait = Number(value(args, '--wait') ?? '60');
  return {
    out,
    work,
    hub:
      endpoint === undefined || systemId === undefined || secretName === undefined
        ? null
        : { endpoint, systemId, secretName },
    receivers: (value(args, '--receivers') ?? 'G12,G22').split(',').filter((one) => one !== ''),
    waitSeconds: Number.isFinite(wait) && wait >= 0 ? wait : 60,
  };
}
