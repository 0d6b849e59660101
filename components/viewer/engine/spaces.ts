import { type Mm3, subtract } from '@/lib/dicom/image-plane.ts';
import type { RegistrationRefusal, SpatialRegistration } from '@/lib/dicom/registration.ts';
import { IDENTITY, mapped, type Rigid, turned } from '@/lib/dicom/rigid.ts';
import type { ViewportState } from '@/lib/live/view-state.ts';
import { type FramePath, framePath } from '@/lib/planes/frame-paths.ts';
import { viewMapped } from '@/lib/planes/registration.ts';
import type { ViewPlane } from '@/lib/planes/view-plane.ts';
import { type NamedWay, wayNamed } from './named-ways.ts';

/**
 * Why two frames of reference stay apart. `refused`: there is a registration between them, but it is not applied.
 * `ambiguous`: there are several that differ; one of the candidates (SOP Instance UIDs) must be named.
 */
export type SpaceRefusal =
  | { reason: 'no_frame' | 'no_registration' }
  | { reason: 'ambiguous'; candidates: readonly string[] }
  | { reason: 'refused'; refusal: RegistrationRefusal };

/**
 * The registration that brings two frames of reference together; null: they are one. Of a way through several it is the
 * one that was named, or else the first.
 */
export type SpacePath = { registrationUid: string | null } | SpaceRefusal;

/** Two spaces that somebody brought together by eye, for scrolling only. */
export type HandLink = {
  from: string;
  to: string /** mm that lead from the one to the other. */;
  offset: Mm3;
};

/** What leads from one space to another in the open case, as it is known by now. */
type Known = { registrations: readonly SpatialRegistration[]; handLinks: readonly HandLink[] };

/** What a viewport shows, as far as it says where. */
type Place = Pick<ViewportState, 'seriesUid' | 'frameOfReferenceUid' | 'focalMm' | 'normal'>;

/** A frame of reference; of images without one their series, as their positions have a meaning among themselves. */
export const spaceOf = ({ frameOfReferenceUid, seriesUid }: Place): string =>
  frameOfReferenceUid ?? seriesUid ?? '';

/** Whether two places without a frame of reference lie in one space all the same: both are of the very same series. */
const isOneSeries = (one: Place, other: Place): boolean =>
  one.frameOfReferenceUid === null &&
  other.frameOfReferenceUid === null &&
  spaceOf(one) !== '' &&
  spaceOf(one) === spaceOf(other) &&
  // An image without position has pixels and no millimetres.
  one.focalMm !== null &&
  other.focalMm !== null;

/** The frames of reference of an open case and what leads from one to another. */
export class Spaces {
  private paths = new Map<string, FramePath>();
  private of: readonly SpatialRegistration[] = [];

  constructor(
    private readonly snapshot: () => Known,
    /** What the fusions on the screen name: somebody chose it, and everybody sees it. */
    private readonly named: () => readonly NamedWay[] = () => [],
  ) {}

  /** Where several registrations lead there and none is asked for, the one that the fusions on the screen agree on. */
  private path(from: string | null, to: string | null, registrationUid: string | null): FramePath {
    const path = this.known(from, to, registrationUid);
    if (registrationUid !== null || path.found || path.reason !== 'ambiguous') return path;
    const named = wayNamed(this.named(), from, to);
    const chosen = named === null ? path : this.known(from, to, named);
    return chosen.found ? chosen : path;
  }

  private known(from: string | null, to: string | null, registrationUid: string | null): FramePath {
    const { registrations } = this.snapshot();
    if (this.of !== registrations) {
      this.of = registrations;
      this.paths = new Map();
    }
    const key = [from, to, registrationUid].join();
    const path = this.paths.get(key) ?? framePath(registrations, from, to, registrationUid);
    this.paths.set(key, path);
    return path;
  }

  /** What brings two frames of reference together, or why nothing does. */
  pathBetween(from: string | null, to: string | null, registrationUid: string | null = null): SpacePath {
    const path = this.path(from, to, registrationUid);
    if (path.found) {
      const named = registrationUid ?? wayNamed(this.named(), from, to);
      const uids = path.registrationUids;
      return { registrationUid: uids.find((uid) => uid === named) ?? uids[0] ?? null };
    }
    if (path.reason === 'ambiguous') return { reason: 'ambiguous', candidates: path.candidates };
    const refusal = path.reason === 'no_registration' ? this.refusalBetween(from, to) : null;
    return refusal ? { reason: 'refused', refusal } : { reason: path.reason };
  }

  /** What the registrations between two frames of reference are called; '' where they are one, or apart. */
  nameBetween(from: string | null, to: string | null): string {
    const path = this.path(from, to, null);
    const uids = path.found ? path.registrationUids : [];
    const { registrations } = this.snapshot();
    return uids
      .map((uid) => registrations.find((one) => one.sopInstanceUid === uid)?.label ?? '')
      .join(' + ');
  }

  private refusalBetween(from: string | null, to: string | null): RegistrationRefusal | null {
    for (const registration of this.snapshot().registrations)
      for (const frame of registration.frames)
        if (!frame.applied && [from, to].includes(frame.from) && [from, to].includes(registration.to))
          return frame.reason;
    return null;
  }

  /**
   * A patient point in another frame of reference; null where nothing leads there.
   * @param registrationUid SOP Instance UID of the registration to go by, where several differ
   */
  map(point: Mm3, from: string | null, to: string | null, registrationUid: string | null = null): Mm3 | null {
    const transform = this.transform(from, to, registrationUid);
    return transform && mapped(transform, point);
  }

  /** A patient point of one viewport as another one has it; null where nothing leads there. */
  mapFrom(point: Mm3, from: Place, to: Place): Mm3 | null {
    const transform = this.transformFrom(from, to);
    return transform && mapped(transform, point);
  }

  /** A plane that is painted on one viewport as another one has it; null where nothing leads there. */
  viewFrom(view: ViewPlane, from: Place, to: Place): ViewPlane | null {
    if (isOneSeries(from, to)) return view;
    return to.frameOfReferenceUid === null ? null : this.viewIn(view, to.frameOfReferenceUid);
  }

  private transformFrom(from: Place, to: Place): Rigid | null {
    if (isOneSeries(from, to)) return IDENTITY;
    return this.transform(from.frameOfReferenceUid, to.frameOfReferenceUid);
  }

  /** A painted plane as another frame of reference has it; null where nothing leads there. */
  viewIn = (view: ViewPlane, to: string, registrationUid: string | null = null): ViewPlane | null => {
    if (view.frameOfReferenceUid === to) return view;
    const transform = this.transform(view.frameOfReferenceUid, to, registrationUid);
    return transform && viewMapped(view, transform, to);
  };

  /** What leads from one frame of reference to another; null where nothing does. */
  transform(from: string | null, to: string | null, registrationUid: string | null = null): Rigid | null {
    const path = this.path(from, to, registrationUid);
    return path.found ? path.transform : null;
  }

  /**
   * Where a viewport is to go so as to show what another one shows: by one space, by registration, or as linked by
   * hand. Null where nothing leads there.
   */
  follow(leader: Place, other: Place): { point: Mm3; normal: Mm3 } | null {
    const { focalMm, normal } = leader;
    if (!focalMm || !normal) return null;
    const transform = this.transformFrom(leader, other);
    if (transform) return { point: mapped(transform, focalMm), normal: turned(transform, normal) };
    const link = this.handLink(leader, other);
    if (!link) return null;
    const [x, y, z] = link.offset;
    return { point: [focalMm[0] + x, focalMm[1] + y, focalMm[2] + z], normal };
  }

  /** How two viewports' spaces were linked by hand, in that direction; null where they were not. */
  handLink(leader: Place, other: Place): HandLink | null {
    const [from, to] = [spaceOf(leader), spaceOf(other)];
    for (const link of this.snapshot().handLinks) {
      if (link.from === from && link.to === to) return link;
      if (link.from === to && link.to === from) return { from, to, offset: subtract([0, 0, 0], link.offset) };
    }
    return null;
  }
}
