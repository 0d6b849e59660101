'use client';

import { Grid2x2, LayoutGrid, Link2 } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useMemo } from 'react';
import type { Stage } from '../engine/stage.ts';
import type { ViewerSnapshot } from '../engine/store.ts';
import { heldBy } from '../ohif/held.ts';
import { canHang, isLayoutId, layouts } from '../ohif/layouts.ts';
import { DvhButton } from './dvh-button.tsx';
import { ToolButton } from './tool-button.tsx';
import { ToolGroup } from './tool-group.tsx';
import { toolSelect } from './tool-select.ts';

/** Which views there are, and what they have to do with each other. */
export function LayoutControls({ stage, snapshot }: { stage: Stage; snapshot: ViewerSnapshot }) {
  const t = useTranslations('viewer');
  const { stacks, doses } = snapshot;
  const held = useMemo(() => heldBy({ stacks, doses }), [stacks, doses]);
  return (
    <ToolGroup label={t('groups.views')} icon={<LayoutGrid size={16} aria-hidden />} from={800}>
      <select
        aria-label={t('layout')}
        className={toolSelect}
        value={snapshot.layout}
        onChange={(event) => isLayoutId(event.target.value) && stage.setLayout(event.target.value)}
      >
        {Object.keys(layouts).map((layout) => (
          <option key={layout} value={layout} disabled={!isLayoutId(layout) || !canHang(layout, held)}>
            {t(`layouts.${layout}`, { base: held.base })}
          </option>
        ))}
      </select>
      {snapshot.layout !== 'single' && (
        <>
          <ToolButton
            label={t('link')}
            pressed={snapshot.linked}
            onClick={() => stage.setLinked(!snapshot.linked)}
          >
            <Link2 size={16} aria-hidden />
          </ToolButton>
          <ToolButton
            label={t('lines')}
            pressed={snapshot.lines}
            onClick={() => stage.setLines(!snapshot.lines)}
          >
            <Grid2x2 size={16} aria-hidden />
          </ToolButton>
        </>
      )}
      {snapshot.layout !== 'rt' && <DvhButton stage={stage} snapshot={snapshot} />}
    </ToolGroup>
  );
}
