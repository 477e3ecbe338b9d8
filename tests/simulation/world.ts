// A desk in its world: one hub, one disk, main and its windows, and a clock that only moments move. It does what a plan says
// and lets everything come to rest after each moment; what must hold is in promises.ts.
import { IDBFactory } from 'fake-indexeddb';
import { asInstant, type DeskId, type HubDocId } from '../../preload/contract/ids';
import type { OutboxRow } from '../../preload/contract/records';
import { documentOf } from '../../renderer/acts/act-id';
import { openOutbox } from '../../renderer/db/outbox';
import { type LedgerVersion, ledgerVersions } from '../../renderer/db/schema';
import { facts } from '../../renderer/testing/fixtures';
import { acts, course, type Kept } from './course';
import { agencies, day, hasEntry, toSend } from './documents';
import { Life, Pulse } from './life';
import { Locks } from './locks';
import { emptyDisk, latestPuts } from './model-disk';
import { type Fate, ModelHub, type Taken } from './model-hub';
import { type ModelMain, openModelMain } from './model-main';
import { type ModelWindow, openModelWindow } from './model-window';
import { upgraded } from './next-schema';
import { turn } from './one-thread';
import type { Moment, Plan } from './plan';

interface Timer {
  readonly at: number;
  readonly run: () => void;
  readonly life: Life;
}

const quietTurns = 10;
const mostTurns = 20_000;

export class World {
  readonly pulse = new Pulse();
  readonly disk = emptyDisk();
  readonly hub: ModelHub;
  readonly kept: Kept[] = [];
  /** Acts that were told as saved and were not on main's disk at that moment. */
  readonly unkept: Kept[] = [];
  /** Times a person sent a row again, by the name of its package. */
  readonly again = new Map<string, number>();
  /** Packages the hub was told `done` about before they were safe here. */
  readonly doneTooEarly: string[] = [];
  readonly outgoing: DeskId[] = [];
  windows: ModelWindow[] = [];
  private main: ModelMain;
  private readonly lives = new Set<Life>();
  /** Windows that are not open yet. */
  private readonly opening = new Set<Life>();
  private factory = new IDBFactory();
  private versions: readonly LedgerVersion[] = ledgerVersions;
  private readonly locks = new Locks();
  private timers: Timer[] = [];
  private wall = Date.parse('2026-11-20T02:00:00Z');
  private elapsed = 0;
  private readonly drawn = { send: 0, other: 0 };
  private healthy = false;
  private ledgerGoes = false;
  private number = 0;

  constructor(private readonly plan: Plan) {
    this.hub = new ModelHub(
      this.pulse,
      (of) => this.nextFate(of),
      (docId) => this.demandSafe(docId),
    );
    this.main = this.openMain();
  }

  readonly now = (): Date => new Date(this.wall);

  private nextFate(of: 'send' | 'other'): Fate {
    if (this.healthy) return 'ok';
    const fates = of === 'send' ? this.plan.sendFates : this.plan.fates;
    const fate = fates[this.drawn[of]] ?? 'ok';
    this.drawn[of] += 1;
    return fate;
  }

  /** `done` may be said only when package, arrival and the ledger's own row are on the disk. */
  private demandSafe(docId: string): void {
    const arrival = this.disk.entries.find(
      (entry) => entry.type === 'arrival' && entry.arrival.docId === docId,
    );
    const sha =
      arrival?.type === 'arrival' && 'packageSha' in arrival.arrival ? arrival.arrival.packageSha : null;
    const row = [...latestPuts(this.disk).values()].some(
      (put) => put.table === 'outbox' && put.row.kind === 'ack' && put.row.docId === docId,
    );
    if (arrival === undefined || sha === null || !this.disk.blobs.has(sha) || !row)
      this.doneTooEarly.push(docId);
  }

  private openMain(): ModelMain {
    const main = openModelMain(this.disk, this.hub, this.pulse, this.now);
    main.life.onDeath(() => {
      for (const life of this.lives) life.die();
    });
    return main;
  }

  private openWindow(): void {
    if (this.main.life.dead) return;
    const life = new Life(this.pulse);
    this.lives.add(life);
    this.opening.add(life);
    life.onDeath(() => {
      this.lives.delete(life);
      this.opening.delete(life);
      this.windows = this.windows.filter((one) => one.life !== life);
      this.timers = this.timers.filter((one) => one.life !== life);
    });
    const opening = openModelWindow(
      {
        main: this.main,
        factory: this.factory,
        name: 'ledger',
        versions: this.versions,
        pulse: this.pulse,
        now: this.now,
        superseded: () => life.die(),
        around: {
          locks: this.locks.of(life),
          chance: () => 0.5,
          schedule: (milliseconds, run) => {
            const timer = { at: this.elapsed + milliseconds, run, life };
            this.timers.push(timer);
            return () => {
              this.timers = this.timers.filter((one) => one !== timer);
            };
          },
        },
      },
      life,
    );
    opening.then(
      (window) => {
        this.opening.delete(life);
        if (!life.dead) this.windows.push(window);
      },
      (error: unknown) => {
        if (!life.dead) throw error;
      },
    );
  }

  /** Until nothing happens any more. */
  async rest(): Promise<void> {
    let quiet = 0;
    let beats = this.pulse.beats;
    for (let turns = 0; quiet < quietTurns; turns += 1) {
      if (turns > mostTurns) throw new Error('the world never comes to rest');
      await turn();
      quiet = this.pulse.beats === beats && this.opening.size === 0 ? quiet + 1 : 0;
      beats = this.pulse.beats;
    }
  }

  /** Main and a window are there, as after somebody started the application again. */
  async awake(): Promise<void> {
    if (this.main.life.dead) this.main = this.openMain();
    if (this.lives.size === 0 && this.ledgerGoes) {
      this.factory = new IDBFactory();
      this.ledgerGoes = false;
    }
    if (this.lives.size === 0) this.openWindow();
    await this.rest();
  }

  /** The application is closed and started again. */
  async restart(): Promise<void> {
    this.end();
    await this.rest();
    await this.awake();
  }

  end(): void {
    this.main.life.die();
  }

  async live(): Promise<void> {
    for (const moment of this.plan.moments) {
      await this.awake();
      await this.come(moment);
      await this.rest();
    }
  }

  /** From here on nobody dies and the hub is well. */
  heal(): void {
    this.healthy = true;
    for (const life of [this.main.life, ...this.lives]) life.spare();
  }

  pass(seconds: number): void {
    this.elapsed += seconds * 1000;
    this.wall += seconds * 1000;
    this.hub.release();
    const due = this.timers.filter((timer) => timer.at <= this.elapsed);
    this.timers = this.timers.filter((timer) => timer.at > this.elapsed);
    for (const timer of due) timer.run();
  }

  tick(reason: 'interval' | 'network' | 'resume' | 'asked'): void {
    for (const window of this.windows) {
      if (reason === 'asked') window.sync.round('asked').catch(() => undefined);
      else window.emit('sync.tick', { reason, at: asInstant(this.now()) });
    }
  }

  /** The rows of the outbox as a window sees them. */
  async outbox(): Promise<readonly OutboxRow[]> {
    const window = this.windows[0];
    if (window === undefined) throw new Error('no window is open');
    const rows: OutboxRow[] = [];
    for (const stored of await window.context.databases.strict.outbox.toArray()) {
      const open = await openOutbox(window.context.sealer, stored);
      if (!open.ok) throw new Error(`outbox ${stored.id}: ${open.code}`);
      rows.push(open.value);
    }
    return rows.sort((left, right) => left.seq - right.seq);
  }

  private come(moment: Moment): Promise<void> | void {
    switch (moment.kind) {
      case 'offer':
        return this.offer();
      case 'reply':
        return this.reply(moment.pick, moment.code);
      case 'clerk':
        return this.clerk(moment.act, moment.pick);
      case 'issue':
        return this.issue(moment.receivers);
      case 'recall':
        return this.recall(moment.pick);
      case 'update':
        return this.update(moment.pick);
      case 'tick':
        return this.tick(moment.reason);
      case 'pass':
        return this.pass(moment.seconds);
      case 'clock-jump':
        this.wall += moment.seconds * 1000;
        return;
      case 'die':
        this.ledgerGoes ||= moment.ledger;
        for (const life of moment.who === 'main' ? [this.main.life] : [...this.lives].slice(0, 1)) {
          life.dieIn(moment.steps);
        }
        return;
      case 'second-window':
        if (this.lives.size < 2) this.openWindow();
        return;
      case 'both':
        return this.both(moment.pick);
      case 'upgrade':
        return this.upgrade();
      case 'hub-backup':
        return this.hub.keepBackup();
      case 'hub-restored':
        return this.hub.restore();
      case 'attend':
        return this.attend();
    }
  }

  private offer(): void {
    this.number += 1;
    this.hub.offer('edoc', { kind: 'edoc', facts: facts(String(this.number)) });
    this.tick('interval');
  }

  private reply(pick: number, code: string): void {
    const edocs = this.hub.state.taken.filter((one) => one.content.kind === 'edoc');
    const chosen: Taken | undefined = edocs[pick % Math.max(1, edocs.length)];
    if (chosen?.content.kind !== 'edoc') return;
    const about = chosen.content.facts.documentId;
    this.hub.offer('status', { kind: 'status', about, code, from: 'G12', at: this.now().toISOString() });
  }

  /** Acts come from the newest window: with two of them, from the one that does not lead. */
  private actor(): ModelWindow | undefined {
    return this.windows.at(-1);
  }

  /** An act whose promise resolves was told as saved, and must be on main's disk by then. */
  private doing(kept: Kept, act: Promise<unknown>): void {
    act.then(
      () => {
        this.kept.push(kept);
        const put = latestPuts(this.disk).get(`${kept.table}/${kept.id}`);
        if (put === undefined || !hasEntry(put.row, kept.what)) this.unkept.push(kept);
      },
      // An act that fails has told the clerk so.
      () => undefined,
    );
  }

  private async clerk(
    wanted: keyof typeof acts | 'next',
    pick: number,
    window: ModelWindow | undefined = this.actor(),
  ): Promise<void> {
    const names = [...this.hub.offered].filter(([, one]) => one.kind === 'edoc').map(([docId]) => docId);
    const docId = names[pick % Math.max(1, names.length)];
    if (window === undefined || docId === undefined) return;
    const id = await documentOf(docId as HubDocId);
    const done = (one: keyof typeof acts) =>
      this.kept.some((kept) => kept.id === id && kept.what === acts[one]);
    const act = wanted === 'next' ? (course.find((one) => !done(one)) ?? 'progress') : wanted;
    const how = {
      accept: () => window.acts.registerAndAccept({ id, number: 100 + names.indexOf(docId), date: day }),
      refuse: () => window.acts.refuse({ id, reason: 'Gửi nhầm' }),
      present: () => window.acts.present({ id, to: 'Chủ tịch', opinion: '' }),
      assign: () => window.acts.assign({ id, to: 'Sở Tài chính', opinion: 'Tham mưu' }),
      progress: () => window.acts.progress({ id }),
      finish: () => window.acts.finish({ id }),
    };
    this.doing({ table: 'incoming', id, what: acts[act] }, how[act]());
  }

  /** Both have read the document before either has saved it; each act that is told as saved must be there in the end. */
  private async both(pick: number): Promise<void> {
    if (this.lives.size < 2) this.openWindow();
    await this.rest();
    for (const act of ['accept', 'present', 'assign'] as const) {
      await this.clerk(act, pick);
      await this.rest();
    }
    const [first, second] = this.windows;
    await this.clerk('progress', pick, first);
    await this.clerk('finish', pick, second);
  }

  private issue(receivers: number): void {
    const window = this.actor();
    if (window === undefined) return;
    const serial = String(this.outgoing.length + 1).padStart(12, '0');
    const id = `44444444-4444-4444-8444-${serial}` as DeskId;
    this.outgoing.push(id);
    const to = agencies.slice(0, receivers + 1);
    const save = window.context.saver.save({
      changes: [{ table: 'outgoing', row: toSend(id, Number(serial), this.now()), was: 'absent' }],
    });
    this.doing(
      { table: 'outgoing', id, what: 'queued' },
      save.then(() => window.acts.queue({ id, receivers: to, paper: false })),
    );
  }

  private recall(pick: number): void {
    const window = this.actor();
    const id = this.outgoing[pick % Math.max(1, this.outgoing.length)];
    if (window === undefined || id === undefined) return;
    const recalled = window.acts.recallOutgoing({ id, reason: 'Sai nơi nhận', decidedBy: 'Chủ tịch' });
    recalled.then(
      (how) => {
        const what = how === 'requested' ? 'recall-requested' : how;
        this.kept.push({ table: 'outgoing', id, what });
      },
      () => undefined,
    );
  }

  private update(pick: number): void {
    const window = this.actor();
    const id = this.outgoing[pick % Math.max(1, this.outgoing.length)];
    if (window === undefined || id === undefined) return;
    const serial = String(this.kept.length + 1).padStart(12, '0');
    const update = `55555555-5555-4555-8555-${serial}` as DeskId;
    const receivers = [agencies[0], agencies[1]].filter((one) => one !== undefined);
    const facts = { subject: `V/v cập nhật lần ${serial}` };
    const decision = { reason: 'Ghi nhầm trích yếu', decidedBy: 'Chánh Văn phòng' };
    this.doing(
      { table: 'outgoing', id, what: 'update-requested' },
      window.acts.updateSent({ id, update, change: { receivers, facts }, ...decision }),
    );
  }

  /** A newer program opens the same ledger; the windows of the old one give way. */
  private upgrade(): void {
    this.versions = [...ledgerVersions, upgraded];
    this.main.life.spare();
    this.openWindow();
  }

  /** A person looks at each parked row and asks its receiver whether it came. */
  async attend(): Promise<void> {
    const window = this.actor();
    if (window === undefined) return;
    for (const row of await this.outbox()) {
      if (row.state !== 'needs-attention') continue;
      const came = this.hub.state.taken.some((one) => one.sha256 === row.packageSha);
      const decided = window.sync.decide({ kind: 'decided', row: row.id, as: came ? 'arrived' : 'again' });
      const name = row.packageSha ?? '';
      if (!came) this.again.set(name, (this.again.get(name) ?? 0) + 1);
      decided.catch(() => undefined);
      await this.rest();
    }
  }
}
