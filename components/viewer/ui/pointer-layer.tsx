'use client';

import { depthOf } from '@/lib/planes/view-plane.ts';
import type { ViewerPointer } from '../contract.ts';
import type { Pane } from '../engine/pane.ts';
import type { Stage } from '../engine/stage.ts';

/** How far from the shown plane a pointer may be to be drawn on it, in mm: thicker slices than this are rare. */
const REACH_MM = 2.6;

/** Everybody's pointers that lie on the shown image, each in its person's colour and with the name. */
export function PointerLayer({
  stage,
  id,
  pointers,
}: {
  stage: Stage;
  id: string;
  pointers: readonly ViewerPointer[];
}) {
  const pane = stage.pane(id);
  if (!pane?.shown || pane.trouble) return null;
  return (
    <div className="pointer-events-none absolute inset-0 overflow-hidden" aria-hidden="true">
      {pointers.map(({ personId, name, colour, pointer }) => {
        if (!isHere(pane, pointer)) return null;
        const [x, y] = pane.toCanvas(pointer.mm);
        return (
          <div
            key={personId}
            className="absolute top-0 left-0"
            style={{ transform: `translate(${x}px, ${y}px)` }}
            data-pointer={personId}
          >
            <svg width="16" height="18" viewBox="0 0 16 18" aria-hidden="true">
              <path
                d="M1 1 L1 15 L5 11 L8 17 L10.5 16 L7.5 10 L13 10 Z"
                fill={colour}
                stroke="#000"
                strokeWidth="1"
              />
            </svg>
            <span
              className="ml-3 rounded px-1 text-xs font-medium text-black"
              style={{ backgroundColor: colour }}
            >
              {name}
            </span>
          </div>
        );
      })}
    </div>
  );
}

/** The same series, or the same space and near enough to its plane. A projection shows every depth. */
function isHere(pane: Pane, pointer: ViewerPointer['pointer']): boolean {
  const { shown } = pane;
  const view = pane.viewPlane();
  if (!shown || !view) return false;
  const sameSpace = pointer.frameOfReferenceUid
    ? pointer.frameOfReferenceUid === shown.frameOfReferenceUid
    : pointer.seriesUid === shown.seriesUid;
  return sameSpace && (pane.kind === 'mip' || Math.abs(depthOf(view, pointer.mm)) <= REACH_MM);
}
