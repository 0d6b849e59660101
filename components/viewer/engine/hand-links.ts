import { type Mm3, sameDirection, subtract } from '@/lib/dicom/image-plane.ts';
import type { Pane } from './pane.ts';
import { type HandLink, type Spaces, spaceOf } from './spaces.ts';

/** Viewports that look the same way within 25 degrees scroll together: a head is never held twice alike. */
const TOGETHER = 0.9;

/**
 * Links the viewports that show other spaces, as they stand now, to one of them: what is in their middles is the same
 * place. Only where no registration says better. Pressed again it lets them go.
 */
export function linkedByHand(
  links: readonly HandLink[],
  spaces: Spaces,
  leader: Pane,
  panes: readonly Pane[],
): readonly HandLink[] {
  const from = leader.state();
  if (!from?.focalMm || !from.normal) return links;
  const own = spaceOf(from);
  const made = new Map<string, HandLink>();
  for (const pane of panes) {
    const to = pane.state();
    if (pane === leader || !to?.focalMm || !to.normal || spaceOf(to) === own) continue;
    if ('registrationUid' in spaces.pathBetween(from.frameOfReferenceUid, to.frameOfReferenceUid)) continue;
    if (!sameDirection(from.normal, to.normal, TOGETHER)) continue;
    const offset: Mm3 = subtract(to.focalMm, from.focalMm);
    made.set(spaceOf(to), { from: own, to: spaceOf(to), offset });
  }
  const others = links.filter((link) => ![link.from, link.to].includes(own));
  const isLinked = others.length < links.length;
  return isLinked ? others : [...others, ...made.values()];
}

/** Viewports that look the same way go to the place of one: in one space, by registration or linked by hand. */
export function followTo(spaces: Spaces, leader: Pane, panes: readonly Pane[]): void {
  const state = leader.state();
  if (!state?.focalMm || !state.normal) return;
  for (const other of panes) {
    const theirs = other.state();
    if (other === leader || !other.stack || !theirs?.focalMm || !theirs.normal) continue;
    const there = spaces.follow(state, theirs);
    if (there && sameDirection(theirs.normal, there.normal, TOGETHER)) other.goToPoint(there.point);
  }
}
