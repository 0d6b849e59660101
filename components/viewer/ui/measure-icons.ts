import {
  Circle,
  CircleDotDashed,
  Lasso,
  type LucideIcon,
  MoveUpLeft,
  Ruler,
  Scaling,
  TriangleRight,
} from 'lucide-react';
import type { MeasurementKind } from '@/lib/live/measurement-state.ts';

export const measureIcons: Record<MeasurementKind, LucideIcon> = {
  length: Ruler,
  angle: TriangleRight,
  bidirectional: Scaling,
  ellipse: Circle,
  freehand: Lasso,
  region: CircleDotDashed,
  arrow: MoveUpLeft,
};
