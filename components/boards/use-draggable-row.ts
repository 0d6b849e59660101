'use client';

import { combine } from '@atlaskit/pragmatic-drag-and-drop/combine';
import { draggable, dropTargetForElements } from '@atlaskit/pragmatic-drag-and-drop/element/adapter';
import { type RefObject, useEffect, useRef, useState } from 'react';

type Edge = 'above' | 'below';

/** Whether the pointer is in the upper or the lower half of a row: before or after it is where the drop goes. */
function edgeAt(element: Element, clientY: number): Edge {
  const { top, height } = element.getBoundingClientRect();
  return clientY < top + height / 2 ? 'above' : 'below';
}

/**
 * A row of a list that is dragged by its handle and takes other rows of the same list. `onDrop` gets the id of the
 * dragged row and on which side of this one it was let go.
 */
export function useDraggableRow(options: {
  row: RefObject<HTMLElement | null>;
  handle: RefObject<HTMLElement | null>;
  list: string;
  id: string;
  onDrop: (draggedId: string, edge: Edge) => void;
}): { dragging: boolean; edge: Edge | undefined } {
  const { row, handle, list, id } = options;
  const [dragging, setDragging] = useState(false);
  const [edge, setEdge] = useState<Edge>();
  const onDrop = useRef(options.onDrop);
  useEffect(() => {
    onDrop.current = options.onDrop;
  });
  useEffect(() => {
    if (!row.current || !handle.current) return;
    return combine(
      draggable({
        element: row.current,
        dragHandle: handle.current,
        getInitialData: () => ({ list, id }),
        onDragStart: () => setDragging(true),
        onDrop: () => setDragging(false),
      }),
      dropTargetForElements({
        element: row.current,
        canDrop: ({ source }) => source.data.list === list && source.data.id !== id,
        onDrag: ({ self, location }) => setEdge(edgeAt(self.element, location.current.input.clientY)),
        onDragLeave: () => setEdge(undefined),
        onDrop: ({ self, source, location }) => {
          setEdge(undefined);
          const side = edgeAt(self.element, location.current.input.clientY);
          if (typeof source.data.id === 'string') onDrop.current(source.data.id, side);
        },
      }),
    );
  }, [row, handle, list, id]);
  return { dragging, edge };
}
