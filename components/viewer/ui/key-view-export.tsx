'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from '@/components/ui/button.tsx';
import { Dialog } from '@/components/ui/dialog.tsx';
import { saveFile } from '@/components/ui/save-file.ts';
import type { KeyViewSummary } from '@/lib/key-views/schema.ts';
import type { KeyViews } from '../contract.ts';
import type { Stage } from '../engine/stage.ts';
import { useKeyViewPicture } from './use-key-view-picture.ts';

type Props = { stage: Stage; keyViews: KeyViews; item: KeyViewSummary; onClose: () => void };

/** What can be taken of a key view: a presentation state of each viewport, the list of images, a picture. */
export function KeyViewExport({ stage, keyViews, item, onClose }: Props) {
  const t = useTranslations('viewer.keyViews');
  const picture = useKeyViewPicture(stage, keyViews);
  const [busy, setBusy] = useState(false);
  const [failed, setFailed] = useState(false);
  const run = async (work: () => Promise<unknown>) => {
    setBusy(true);
    setFailed(false);
    await work();
    setBusy(false);
  };
  /** The picture, first shown: a picture is of what everybody can check on the screen. */
  const taken = async (use: (png: Blob) => Promise<void> | void) => {
    const png = await picture(item);
    if (png) await use(png);
    else setFailed(true);
  };
  const png = () => taken((blob) => saveFile(blob, `key-view-${item.id.slice(-12)}.png`));
  return (
    <Dialog open title={t('export', { title: item.title })} onClose={onClose} dark>
      <div className="space-y-4 text-sm">
        <section aria-labelledby="key-view-pictures" className="space-y-1.5">
          <h3 id="key-view-pictures" className="font-medium">
            {t('pictures')}
          </h3>
          <p className="text-neutral-300">{t('picturesAbout')}</p>
          <div className="flex flex-wrap gap-2">
            <Button look="dark" disabled={busy} onClick={() => void run(png)}>
              {t('png')}
            </Button>
            <Button
              look="dark"
              disabled={busy}
              onClick={() => void run(() => taken((blob) => keyViews.capture(item, blob)))}
            >
              {t('capture')}
            </Button>
          </div>
          <p role="status" className="text-amber-300">
            {failed && t('pictureFailed')}
          </p>
        </section>
        <section aria-labelledby="key-view-states" className="space-y-1.5">
          <h3 id="key-view-states" className="font-medium">
            {t('states')}
          </h3>
          <p className="text-neutral-300">{t('statesAbout')}</p>
          <ul className="space-y-1.5">
            {item.viewports.map(({ viewportId, gsps }) => (
              <li key={viewportId} className="flex flex-wrap items-center gap-2">
                <Button
                  look="dark"
                  disabled={busy || gsps !== null}
                  onClick={() => void run(() => keyViews.download(item, { kind: 'gsps', viewportId }))}
                >
                  {t('state', { number: viewportId.slice(1) })}
                </Button>
                {gsps && <span className="text-amber-300">{t(`refused.${gsps}`)}</span>}
              </li>
            ))}
          </ul>
        </section>
        <section aria-labelledby="key-view-objects" className="space-y-1.5">
          <h3 id="key-view-objects" className="font-medium">
            {t('objects')}
          </h3>
          <p className="text-neutral-300">{t('objectsAbout')}</p>
          <Button
            look="dark"
            disabled={busy}
            onClick={() => void run(() => keyViews.download(item, { kind: 'kos' }))}
          >
            {t('kos')}
          </Button>
        </section>
      </div>
    </Dialog>
  );
}
