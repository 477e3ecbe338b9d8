// Signs files under one login: gate and preparation of all, the frozen list, one PIN, then one after another, each checked
// from the disk before it gets its name. It never logs in twice and never signs what was not listed before the PIN.
import { createHash } from 'node:crypto';
import type { Code } from '../../preload/contract/codes';
import { copyRefusal, usualSource } from '../../preload/contract/copies';
import { codeOf, Failure, isFailure } from '../../preload/contract/failure';
import { withoutPersonalNumbers } from '../../preload/contract/personal-number';
import type { FileVerdict, SignatureVerdict } from '../../preload/contract/verdict';
import {
  checkOutput,
  hasBroken,
  type KnownSigner,
  knownSigner,
  prepareFile,
  publishSigned,
  type SigningResources,
  signingGate,
  strictPolicy,
} from '../signing';
import type { ChosenCertificate, TokenClient, TokenSession } from '../token/client';
import { tokenSigner } from '../token/signer';
import { codeOfNoPdf } from './convert';
import { AskedAhead, signingOnce } from './sign-ahead';
import type { SignJob } from './sign-arguments';
import {
  checkLeaderTrust,
  checkSignerTrust,
  checkVerdict,
  earlierOf,
  FileJudge,
  trustWarnings,
} from './sign-judge';
import type { BatchOrder, BatchResult, Outcome, Pins, Prepared, SignLine } from './sign-lines';
import { raiseSigned } from './sign-raised';

/** Files on their way to the disk at once: their waits for it overlap. */
const WRITERS = 8;
const wrongPin: readonly Code[] = [
  'token-pin-wrong',
  'token-pin-length',
  'token-pin-locked',
  'token-pin-confirm',
  'token-signature-pin-wrong',
  'token-signature-pin-locked',
];

/** The signing of one batch with one certificate. `emit` gets one line a file, in the order of the files. */
export class SignBatch {
  private readonly judge: FileJudge;
  private known: KnownSigner | undefined;
  private signed = 0;
  private failed = 0;
  /** Outcomes that wait for their level: it is raised when the token has done its part. */
  private readonly waiting: Outcome[] = [];
  /** What is not known of the signer's certificate; undefined until the first file showed it. */
  private trustNow: Code[] | undefined;

  constructor(
    private readonly client: Pick<TokenClient, 'open'>,
    private readonly chosen: ChosenCertificate,
    private readonly batch: BatchOrder,
    private readonly resources: SigningResources,
    private readonly emit: (line: SignLine, detail: string) => void,
  ) {
    const { trust, online, order } = batch;
    this.judge = new FileJudge({ trust, online, password: order.password });
  }

  /**
   * Signs all files. `readPins` is called once, after everything that can fail before a PIN has been tried.
   * Throws Failures of token and certificate that concern no single file.
   */
  async run(jobs: readonly SignJob[], readPins: () => Promise<Pins>): Promise<BatchResult> {
    try {
      return await this.sign(jobs, readPins);
    } finally {
      for (const outcome of this.waiting.splice(0)) {
        const { line, detail } = await this.raised(outcome);
        this.emit(line, detail);
      }
    }
  }

  private async sign(jobs: readonly SignJob[], readPins: () => Promise<Pins>): Promise<BatchResult> {
    const probe = await this.open(['0'.repeat(64)]);
    const identity = knownSigner(tokenSigner(probe));
    this.known = identity;
    await probe.end();
    const prepared = new Map<SignJob, Prepared>();
    const refused = new Map<SignJob, { error: unknown; spent: number }>();
    for (const job of jobs) {
      const start = performance.now();
      try {
        prepared.set(job, await this.prepare(job, identity, start));
      } catch (error) {
        refused.set(job, { error, spent: performance.now() - start });
      }
    }
    if (prepared.size === 0) {
      for (const [job, { error, spent }] of refused) this.tell(this.failure(job, error, spent));
      return this.result(false);
    }
    const hashes = new Set([...prepared.values()].map((one) => one.hash));
    const session = await this.open([...hashes]);
    try {
      const { pin, own } = await readPins();
      await session.login(pin, this.batch.lastTry, own);
    } catch (error) {
      if (!isFailure(error) || !wrongPin.includes(error.code)) throw error;
      for (const job of jobs) {
        const refusal = refused.get(job);
        this.tell(this.failure(job, refusal?.error ?? error, refusal?.spent ?? 0));
      }
      return this.result(true);
    }
    try {
      await this.signAll(jobs, prepared, refused, signingOnce(identity, tokenSigner(session)));
    } finally {
      await session.end();
    }
    return this.result(false);
  }

  /** While one file is written and checked, the token already signs the next. */
  private async signAll(
    jobs: readonly SignJob[],
    prepared: ReadonlyMap<SignJob, Prepared>,
    refused: ReadonlyMap<SignJob, { error: unknown; spent: number }>,
    known: KnownSigner,
  ): Promise<void> {
    const outcomes: Promise<Outcome>[] = [];
    let told = 0;
    const tell = async (until: number): Promise<void> => {
      for (; told < until; told += 1) {
        const outcome = await outcomes[told];
        if (outcome !== undefined) this.tell(outcome);
      }
    };
    const token = new AskedAhead(
      jobs.flatMap((job) => prepared.get(job) ?? []),
      known,
    );
    for (const job of jobs) {
      const one = prepared.get(job);
      if (one === undefined) {
        const refusal = refused.get(job);
        outcomes.push(Promise.resolve(this.failure(job, refusal?.error, refusal?.spent ?? 0)));
        continue;
      }
      const start = performance.now();
      try {
        // Before the first file told what is known of the certificate nothing is signed ahead.
        const increment = await token.increment(one, this.trustNow !== undefined);
        outcomes.push(this.publish(one, increment, one.spent + performance.now() - start));
      } catch (error) {
        outcomes.push(Promise.resolve(this.failure(job, error, one.spent + performance.now() - start)));
      }
      // The first file tells what is known of the certificate; after it a few may be on their way to the disk.
      await tell(this.trustNow === undefined ? outcomes.length : outcomes.length - WRITERS);
    }
    await tell(outcomes.length);
  }

  private open(hashes: string[]): Promise<TokenSession> {
    const { token, certificate } = this.chosen;
    return this.client.open({
      module: token.module,
      tokenSerial: token.serial,
      tokenLabel: token.label,
      fingerprint: certificate.fingerprint,
      hashes,
      pss: this.batch.pss && certificate.keyType.startsWith('RSA'),
    });
  }

  private async prepare(job: SignJob, known: KnownSigner, start: number): Promise<Prepared> {
    if (this.batch.requireTrust) checkSignerTrust(known.signer, this.batch.trust, new Date());
    await checkOutput(job.sourcePath, job.outputPath);
    const { order, allowSealFirst, placing } = this.batch;
    const found = await placing?.(job.sourcePath);
    const own = { ...order, ...found?.order, time: new Date() };
    const ready = prepareFile(job.sourcePath, own, known, this.resources);
    const { prepared } = ready;
    // An unsigned document has no verdict worth a second reading.
    const before = prepared.signedBefore.length === 0 ? undefined : await this.before(job.sourcePath);
    const earlier = before === undefined ? [] : earlierOf(before);
    const refusal = signingGate(
      { role: order.what.role, earlier, number: 'unknown' },
      { ...strictPolicy, sealWithoutLeader: allowSealFirst },
    );
    if (refusal !== undefined) throw new Failure(refusal);
    const { what } = order;
    if (what.role === 'copy') {
      const lawless = copyRefusal(what.form, usualSource(what.form), prepared.signedBefore.length > 0);
      if (lawless !== null) throw new Failure(lawless, prepared.signedBefore.join(' '));
    }
    if (order.what.role === 'seal' && this.batch.requireTrust && !allowSealFirst) checkLeaderTrust(earlier);
    const warnings: Code[] = hasBroken(earlier) ? ['signing-over-broken'] : [];
    // Nothing in a PDF says what its scan was made from.
    if (what.role === 'copy') warnings.push('copy-source-assumed');
    return {
      job,
      ready,
      hash: createHash('sha256').update(ready.attributes).digest('hex'),
      before,
      warnings: [...prepared.warnings, ...warnings],
      guessed: found?.guessed === true,
      spent: performance.now() - start,
    };
  }

  /** The seal rests on the leader's signature, so a revocation that can be learnt now counts; others only add their own. */
  private async before(path: string): Promise<FileVerdict> {
    const { role } = this.batch.order.what;
    return role === 'seal' ? this.judge.verdictOnline(path) : this.judge.verdict(path);
  }

  private async publish(one: Prepared, increment: Uint8Array, spent: number): Promise<Outcome> {
    const start = performance.now();
    const { job, ready } = one;
    try {
      let own: SignatureVerdict | undefined;
      const done = await publishSigned(job.sourcePath, job.outputPath, ready, increment, async (path) => {
        own = checkVerdict(await this.judge.verdictOfOutput(path), ready, one.before);
        // Chain and status are those of one certificate: what the first file showed holds for the run.
        this.trustNow ??= trustWarnings(own, this.batch.requireTrust);
      });
      const line: SignLine = {
        file: job.file,
        out: job.out,
        ok: true,
        code: null,
        field: done.prepared.fieldName,
        signer: withoutPersonalNumbers(this.known?.certificate.commonName ?? ''),
        level: own?.level ?? 'B-B',
        bytes: done.bytes,
        warnings: [...one.warnings, ...(this.trustNow ?? [])],
        ms: Math.round(spent + performance.now() - start),
      };
      const signed = { job, ready, increment, before: one.before };
      const detail = one.guessed ? 'không thấy chỗ ký trong chữ của trang: đặt ở chỗ thường dùng' : '';
      return { line, detail, ...(this.batch.raising === undefined ? {} : { signed }) };
    } catch (error) {
      return this.failure(job, error, spent + performance.now() - start);
    }
  }

  private failure(job: SignJob, error: unknown, spent: number): Outcome {
    const detail = isFailure(error) ? error.detail : error instanceof Error ? error.message : '';
    const line: SignLine = {
      file: job.file,
      out: null,
      ok: false,
      code: codeOf(error) === 'pdf-not-pdf' ? codeOfNoPdf(job.sourcePath) : codeOf(error),
      field: null,
      signer: withoutPersonalNumbers(this.known?.certificate.commonName ?? ''),
      level: null,
      bytes: null,
      warnings: [],
      ms: Math.round(spent),
    };
    return { line, detail };
  }

  /** A signed file with its level raised as far as that goes: a signature is never lost by it. */
  private async raised(outcome: Outcome): Promise<Outcome> {
    const { raising } = this.batch;
    const { line, signed } = outcome;
    if (raising === undefined || signed === undefined) return outcome;
    const start = performance.now();
    const done = await raiseSigned(signed, raising.level, raising.tools);
    const ms = Math.round(line.ms + performance.now() - start);
    const warnings = [...new Set([...line.warnings, ...done.warnings])];
    return {
      line: { ...line, level: done.level, bytes: done.bytes, warnings, ms },
      detail: done.detail || outcome.detail,
    };
  }

  private tell(outcome: Outcome): void {
    if (outcome.line.ok) this.signed += 1;
    else this.failed += 1;
    if (this.batch.raising === undefined) this.emit(outcome.line, outcome.detail);
    else this.waiting.push(outcome);
  }

  private result(pinRefused: boolean): BatchResult {
    return { signed: this.signed, failed: this.failed, pinRefused };
  }
}
