// Remembers on which driver and token each certificate was last seen, so that one that is gone has its true reason. It keeps no
// handle and asks no driver.
import type { Code } from '../../preload/contract/codes';
import type { ModuleReport } from '../token/client';
import type { TokenCard } from '../token/protocol';

type Place = Pick<TokenCard, 'module' | 'serial' | 'label'>;

/** What the looks at the tokens have shown so far. */
export class SeenCertificates {
  private readonly places = new Map<string, Place>();
  private reports: readonly ModuleReport[] = [];

  /** Takes in what a look has shown. */
  note(reports: readonly ModuleReport[]): void {
    this.reports = reports;
    for (const report of reports) {
      if (!report.ok) continue;
      for (const token of report.module.tokens) {
        for (const { fingerprint } of token.certificates) this.places.set(fingerprint, token);
      }
    }
  }

  /**
   * Why the last look did not show a certificate: what its own driver or token answered, else `signing-signer-absent`.
   * A driver of another vendor that fails is not blamed for it.
   */
  whyAbsent(fingerprint: string): { readonly code: Code; readonly detail: string } {
    const absent = { code: 'signing-signer-absent', detail: '' } as const;
    const place = this.places.get(fingerprint);
    const report = this.reports.find((one) => one.path === place?.module);
    if (place === undefined || report === undefined) return absent;
    if (!report.ok) return { code: report.code, detail: report.detail };
    const { tokens } = report.module;
    const own = tokens.find((one) => one.serial === place.serial && one.label === place.label);
    // A token that cannot even say its name, alone in its driver, is the one that is looked for.
    const token = own ?? tokens.find((one) => one.label === '' && one.serial === '' && one.code !== null);
    const code = token?.code ?? null;
    return code === null ? absent : { code, detail: place.label };
  }
}
