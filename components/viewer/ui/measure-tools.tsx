'use client';

import { useTranslations } from 'next-intl';
import { type MeasurementKind, measurementKinds } from '@/lib/live/measurement-state.ts';
import { measureKeys } from '../engine/measure-keys.ts';
import type { Stage } from '../engine/stage.ts';
import type { ViewerSnapshot } from '../engine/store.ts';
import { measureIcons } from './measure-icons.ts';
import { ToolButton } from './tool-button.tsx';
import { ToolGroup } from './tool-group.tsx';

const keyOf = (kind: string): string =>
  Object.entries(measureKeys).find(([, one]) => one === kind)?.[0] ?? '';

/** The tools that measure, each with its key. Chosen again, a tool is put down. */
export function MeasureTools({ stage, snapshot }: { stage: Stage; snapshot: ViewerSnapshot }) {
  const t = useTranslations('viewer');
  const held = measurementKinds.find((kind) => kind === snapshot.tool);
  const name = (kind: MeasurementKind) =>
    t('measure.tool', { name: t(`measure.kinds.${kind}`), key: keyOf(kind).toUpperCase() });
  const Held = measureIcons[held ?? 'length'];
  return (
    <ToolGroup
      label={held ? t('groups.chosen', { group: t('measure.tools'), tool: name(held) }) : t('measure.tools')}
      icon={<Held size={16} aria-hidden />}
      from={1150}
      active={held !== undefined}
      closes
    >
      {measurementKinds.map((kind) => {
        const Icon = measureIcons[kind];
        return (
          <ToolButton
            key={kind}
            label={name(kind)}
            pressed={held === kind}
            onClick={() => stage.measuring.chooseTool(held === kind ? 'window' : kind)}
          >
            <Icon size={16} aria-hidden />
          </ToolButton>
        );
      })}
    </ToolGroup>
  );
}
