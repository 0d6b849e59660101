'use client';

import { useTranslations } from 'next-intl';
import { type ChangeEvent, type DragEvent, useEffect, useId, useRef, useState } from 'react';
import { Button } from '@/components/ui/button.tsx';
import { Notice } from '@/components/ui/page.tsx';
import type { CentreSummary } from '@/lib/people/schema.ts';
import type { StudySummary } from '@/lib/store/schema.ts';
import { readChosen, readDrop } from './read-drop.ts';
import { UploadProgress } from './upload-progress.tsx';
import { UploadResults } from './upload-results.tsx';
import { useUpload } from './use-upload.ts';

/** Where DICOM files, folders and zips are dropped or chosen, and what becomes of them. */
export function Uploader(props: { centres: CentreSummary[]; onUploaded: (studies: StudySummary[]) => void }) {
  const t = useTranslations('upload');
  const [centreId, setCentreId] = useState(props.centres[0]?.id ?? '');
  const [over, setOver] = useState(false);
  const files = useRef<HTMLInputElement>(null);
  const folder = useRef<HTMLInputElement>(null);
  const centreField = useId();
  const upload = useUpload(props.onUploaded);
  const { phase } = upload;

  // A drop that misses the area would open the file in place of the page.
  useEffect(() => {
    const keepPage = (event: Event) => event.preventDefault();
    window.addEventListener('dragover', keepPage);
    window.addEventListener('drop', keepPage);
    return () => {
      window.removeEventListener('dragover', keepPage);
      window.removeEventListener('drop', keepPage);
    };
  }, []);

  const onDrop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    if (phase.name !== 'idle') return;
    const transfer = event.dataTransfer;
    void upload.begin(centreId, (onFound) => readDrop(transfer, onFound));
  };
  const onChosen = (event: ChangeEvent<HTMLInputElement>) => {
    const chosen = readChosen(event.target.files ?? []);
    event.target.value = '';
    void upload.begin(centreId, () => Promise.resolve(chosen));
  };

  if (phase.name === 'queue') {
    return (
      <div className="space-y-4">
        {upload.problem && <Notice tone="bad">{upload.problem}</Notice>}
        <UploadProgress
          snapshot={phase.snapshot}
          onCancel={() => void upload.cancel()}
          onResume={() => void upload.resume()}
          onAnother={upload.clear}
        />
        <UploadResults results={phase.results} failed={upload.failed()} />
      </div>
    );
  }
  const busy = phase.name !== 'idle';
  return (
    <div className="space-y-3">
      {upload.problem && <Notice tone="bad">{upload.problem}</Notice>}
      {props.centres.length > 1 && (
        <div className="flex flex-wrap items-center gap-2">
          <label htmlFor={centreField} className="text-sm font-medium">
            {t('centre')}
          </label>
          <select
            id={centreField}
            className="field w-auto"
            value={centreId}
            onChange={(event) => setCentreId(event.target.value)}
          >
            {props.centres.map((centre) => (
              <option key={centre.id} value={centre.id}>
                {centre.code} – {centre.name}
              </option>
            ))}
          </select>
        </div>
      )}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: dropping is for the mouse; the buttons in it are for everybody. */}
      <div
        className={`flex flex-col items-center gap-3 rounded-lg border-2 border-dashed px-4 py-6 text-center ${over ? 'border-teal-700 bg-teal-50' : 'border-slate-300 bg-white'}`}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={onDrop}
      >
        <p className="font-medium">{busy ? t('reading') : t('drop')}</p>
        <p role="status" className="text-sm text-slate-600">
          {phase.name === 'reading' && phase.found > 0 ? t('found', { count: phase.found }) : t('hint')}
        </p>
        <div className="flex flex-wrap justify-center gap-2">
          <Button disabled={busy} onClick={() => folder.current?.click()}>
            {t('chooseFolder')}
          </Button>
          <Button disabled={busy} onClick={() => files.current?.click()}>
            {t('chooseFiles')}
          </Button>
        </div>
        <input ref={files} type="file" multiple hidden aria-label={t('chooseFiles')} onChange={onChosen} />
        <input
          ref={(input) => {
            folder.current = input;
            input?.setAttribute('webkitdirectory', '');
          }}
          type="file"
          multiple
          hidden
          aria-label={t('chooseFolder')}
          onChange={onChosen}
        />
      </div>
    </div>
  );
}
