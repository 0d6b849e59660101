import type { SpatialRegistration } from '@/lib/dicom/registration.ts';
import type { Fusion } from '@/lib/live/view-state.ts';
import { frameOf, type Stack } from '../data/stack.ts';
import { largestOf } from './find-stack.ts';
import type { Hands } from './hands.ts';
import type { Pane, PaneChange } from './pane.ts';
import { firstFusion } from './plane-states.ts';
import type { SpacePath, Spaces } from './spaces.ts';
import type { ViewerSnapshot } from './store.ts';
import type { Volumes } from './volumes.ts';

/** What the stage does for a fusion. */
export type FusionStage = {
  readonly spaces: Spaces;
  readonly volumes: Pick<Volumes, 'geometryOf'>;
  readonly store: { get: () => Pick<ViewerSnapshot, 'stacks' | 'registrations'> };
  readonly active: Pane | undefined;
  change(pane: Pane, part: PaneChange): void;
  /** Shows acquired images as cuts in their own plane, with something over them. */
  cutInstead(pane: Pane, fusion: Fusion): void;
};

/** A series that can lie over a viewport's own, and what brings the two together. */
export type Candidate = { stack: Stack; path: SpacePath };

const BLEND_STEP = 0.1;

/** What people do to a fusion, by the bar and by keys. */
export class FusionActs implements Hands {
  readonly id = 'fusion';
  /** How each series last lay over another, by its series. */
  private readonly last = new Map<string, Fusion>();

  constructor(private readonly stage: FusionStage) {}

  down(): boolean {
    return false;
  }

  key({ key, ctrlKey, metaKey, altKey }: KeyboardEvent): boolean {
    const pane = this.stage.active;
    if (!pane || ctrlKey || metaKey || altKey) return false;
    if (key === 'v') return this.toggle(pane);
    const fusion = pane.state()?.fusion;
    if (!fusion || (key !== '[' && key !== ']')) return false;
    const blend = fusion.blend + (key === ']' ? BLEND_STEP : -BLEND_STEP);
    this.set(pane, { blend: Math.min(1, Math.max(0, Math.round(blend * 100) / 100)) });
    return true;
  }

  /** The volumes of the case but the viewport's own, PET first; none where its own makes no volume. */
  candidates(pane: Pane): Candidate[] {
    const { stack: own } = pane;
    if (!own || pane.kind === 'mip' || !this.stage.volumes.geometryOf(own).ok) return [];
    const rank = ({ Modality }: Stack) => (Modality === 'PT' ? 0 : Modality === 'MR' ? 1 : 2);
    return this.stage.store
      .get()
      .stacks.filter((stack) => stack !== own && this.stage.volumes.geometryOf(stack).ok)
      .sort((a, b) => rank(a) - rank(b) || b.images.length - a.images.length)
      .map((stack) => ({ stack, path: this.stage.spaces.pathBetween(frameOf(own), frameOf(stack)) }));
  }

  /** The series that a fusion lays over another, where it is here. */
  overlayOf({ seriesUid }: Fusion): Stack | undefined {
    return largestOf(this.stage.store.get().stacks, seriesUid);
  }

  /** What brings a viewport's own series and the one over it together, or why nothing does; null without fusion. */
  path(pane: Pane, registrationUid = pane.state()?.fusion?.registrationUid ?? null): SpacePath | null {
    const fusion = pane.state()?.fusion;
    const over = fusion && this.overlayOf(fusion);
    if (!pane.stack || !over) return null;
    return this.stage.spaces.pathBetween(frameOf(pane.stack), frameOf(over), registrationUid);
  }

  /** Registrations that bring a viewport's series and the one over it together, each by itself. */
  registrationsFor(pane: Pane): SpatialRegistration[] {
    return this.stage.store.get().registrations.filter((one) => {
      const path = this.path(pane, one.sopInstanceUid);
      return path !== null && 'registrationUid' in path && path.registrationUid !== null;
    });
  }

  /** What the registration is called by which a fusion lies; null where there is one frame of reference. */
  registrationOf(pane: Pane): string | null {
    const path = this.path(pane);
    const uid = path && 'registrationUid' in path ? path.registrationUid : null;
    if (uid === null) return null;
    const { registrations } = this.stage.store.get();
    return registrations.find((one) => one.sopInstanceUid === uid)?.label ?? '';
  }

  /** Lays a series over a viewport's own as it last lay, or takes away what lies there. */
  choose(pane: Pane, over: Stack | null): void {
    const before = pane.state()?.fusion;
    if (before) this.last.set(before.seriesUid, before);
    if (!over) {
      if (before) this.stage.change(pane, { fusion: null });
      return;
    }
    const last = this.last.get(over.SeriesInstanceUID) ?? firstFusion(over);
    // Of several registrations the one that was chosen, as long as it leads there.
    const chosen = last.registrationUid === null ? null : this.leadsBy(pane, over, last.registrationUid);
    const registrationUid = chosen ?? this.leadsBy(pane, over, null);
    const fusion = { ...last, registrationUid };
    if (pane.kind === 'stack') this.stage.cutInstead(pane, fusion);
    else this.stage.change(pane, { fusion });
  }

  private leadsBy(pane: Pane, over: Stack, registrationUid: string | null): string | null {
    if (!pane.stack) return null;
    const path = this.stage.spaces.pathBetween(frameOf(pane.stack), frameOf(over), registrationUid);
    return 'registrationUid' in path ? path.registrationUid : null;
  }

  /** Changes how it lies. */
  set(pane: Pane, part: Partial<Fusion>): void {
    const fusion = pane.state()?.fusion;
    if (fusion) this.stage.change(pane, { fusion: { ...fusion, ...part } });
  }

  /** Takes the fusion away, or lays the first series there that something brings together with the viewport's own. */
  private toggle(pane: Pane): boolean {
    if (pane.state()?.fusion) {
      this.choose(pane, null);
      return true;
    }
    const candidates = this.candidates(pane);
    const known = candidates.find(({ stack }) => this.last.has(stack.SeriesInstanceUID));
    const together = candidates.find(({ path }) => 'registrationUid' in path);
    const first = known ?? together ?? candidates[0];
    if (first) this.choose(pane, first.stack);
    return first !== undefined;
  }
}
