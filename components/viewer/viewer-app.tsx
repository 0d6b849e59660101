'use client';

import { useTranslations } from 'next-intl';
import { memo, useCallback, useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { flushSync } from 'react-dom';
import type { ViewerHandle, ViewerPointer, ViewerProps } from './contract.ts';
import { askForCollection } from './data/collector.ts';
import { isAllLoaded } from './engine/all-loaded.ts';
import { FadingMarks } from './engine/fading-marks.ts';
import { painting } from './engine/painting.ts';
import { Stage } from './engine/stage.ts';
import { emptySnapshot } from './engine/store.ts';
import { Windows } from './engine/windows.ts';
import { FirstPicture } from './first-look/first-picture.tsx';
import { type Layout, layouts, viewportCells } from './ohif/layouts.ts';
import { CursorLine } from './ui/cursor-line.tsx';
import { DocumentPane } from './ui/document-pane.tsx';
import { DvhDrawer } from './ui/dvh-drawer.tsx';
import { DvhPanel } from './ui/dvh-panel.tsx';
import { DvhsAhead } from './ui/dvhs-ahead.tsx';
import { Help } from './ui/help.tsx';
import { MeasureWords } from './ui/measure-words.tsx';
import { PaneView } from './ui/pane-view.tsx';
import { ScreenControls } from './ui/screen-controls.tsx';
import { SidePanel } from './ui/side-panel.tsx';
import { TOOLBAR, Toolbar } from './ui/toolbar.tsx';
import { useKeys } from './ui/use-keys.ts';
import { useLarge } from './ui/use-large.ts';
import { useSavingKeyView } from './ui/use-saving-key-view.tsx';
import { useWholePixels } from './ui/use-whole-pixels.ts';

/** The panel holds many rows; a painted frame is none of its business. */
const Panel = memo(SidePanel);

/** The viewer of one DICOMweb root: toolbar, panel, viewports. */
export function ViewerApp({ root, studyUid, onReady, onMove, onSight, onPointer, ...rest }: ViewerProps) {
  const [stage, setStage] = useState<Stage | null>(null);
  const [painted, setPainted] = useState(false);
  const [whole, setWhole] = useState(false);
  const [pointers, setPointers] = useState<readonly ViewerPointer[]>([]);
  const [marks] = useState(() => new FadingMarks());
  const redraws = useRef(new Map<string, () => void>());
  const { keyViews, secondWindow } = rest;
  const windows = useRef<Windows | null>(null);
  const first = useRef({ initialView: rest.initialView, secondWindow });
  const { onComplete, onReshape } = rest;
  const callbacks = useRef({ onReady, onMove, onReshape, onSight, onComplete });
  callbacks.current = { onReady, onMove, onReshape, onSight, onComplete };
  const known = useRef(rest.series);

  useEffect(() => {
    const tellSight = () => callbacks.current.onSight?.(made.sight());
    let complete = false;
    const tellComplete = () => {
      if (complete || !isAllLoaded(made.store.get())) return;
      complete = true;
      setWhole(true);
      // Now that nothing waits for it.
      askForCollection();
      callbacks.current.onComplete?.();
    };
    const made: Stage = new Stage(
      { root, studyUid, series: known.current },
      {
        onReady: () => {
          const handle: ViewerHandle = {
            show: (view) => {
              made.show(view);
              others.tell(view);
            },
            state: () => made.state(),
            lead: () => made.lead(),
            setPointers,
            drawMark: (mark) => marks.put(mark),
          };
          callbacks.current.onReady?.(handle);
          others.ready();
        },
        onMove: (view) => {
          others.tell(view);
          callbacks.current.onMove?.(view);
        },
        onReshape: (view) => callbacks.current.onReshape?.(view),
        onPaint: (pane) => {
          if (pane.shown || pane.trouble) setPainted(true);
          tellSight();
          tellComplete();
          const redraw = () => {
            redraws.current.get(pane.id)?.();
            if (pane.id === made.store.get().activeId) redraws.current.get(TOOLBAR)?.();
          };
          // Words that stand around the picture come with it, and do not keep it waiting.
          if (painting.early) requestAnimationFrame(() => flushSync(redraw));
          else redraw();
        },
      },
    );
    made.store.subscribe(tellSight);
    const others = new Windows(made, first.current.secondWindow);
    windows.current = others;
    const { initialView } = first.current;
    if (initialView) made.show(initialView);
    setStage(made);
    return () => {
      others.close();
      marks.clear();
      made.close();
      setStage(null);
      setWhole(false);
    };
  }, [root, studyUid, marks]);

  const { annotating } = rest;
  useEffect(() => stage?.measuring.drawings.join(annotating ?? null), [stage, annotating]);

  const { onMark } = rest;
  useEffect(() => {
    stage?.marking.tell(onMark ?? null);
  }, [stage, onMark]);

  const onMount = useCallback((id: string, redraw: () => void) => {
    redraws.current.set(id, redraw);
    return () => redraws.current.delete(id);
  }, []);

  const openSecond = useCallback(() => windows.current?.open(), []);
  return (
    stage && (
      <StageView
        stage={stage}
        keyViews={keyViews}
        whole={whole}
        firstLook={painted ? null : rest.firstLook}
        onFirstLook={rest.onFirstLook}
        onSecondWindow={secondWindow && openSecond}
        pointers={pointers}
        onPointer={onPointer}
        marks={marks}
        draws={onMark !== undefined}
        onMount={onMount}
      />
    )
  );
}

type StageViewProps = Pick<ViewerProps, 'onPointer' | 'keyViews' | 'firstLook' | 'onFirstLook'> & {
  stage: Stage;
  /** Everything that opened with the case is here. */
  whole: boolean;
  onSecondWindow: (() => void) | undefined;
  pointers: readonly ViewerPointer[];
  marks: FadingMarks;
  /** Whether there is anybody to point for. */
  draws: boolean;
  onMount: (id: string, redraw: () => void) => () => void;
};

function StageView(props: StageViewProps) {
  const { stage, keyViews, pointers, marks, onPointer, onMount, firstLook } = props;
  const snapshot = useSyncExternalStore(stage.store.subscribe, stage.store.get, () => emptySnapshot);
  const [panel, setPanel] = useState(() => window.innerWidth >= 640);
  const [help, setHelp] = useState(false);
  const openHelp = useCallback(() => setHelp(true), []);
  useKeys(stage, openHelp);
  const saving = useSavingKeyView(stage, keyViews);
  const large = useLarge(snapshot.layout);

  const { rows, columns, dvh }: Layout = layouts[snapshot.layout];
  const cells = viewportCells(snapshot.layout);
  const grid = useRef<HTMLDivElement>(null);
  useWholePixels(grid, rows, columns);
  return (
    <div
      className="relative flex h-full min-h-0 flex-col bg-neutral-950 text-neutral-100"
      data-viewer={snapshot.status}
      data-complete={snapshot.complete}
    >
      <Toolbar
        stage={stage}
        snapshot={snapshot}
        panel={panel}
        onPanel={() => setPanel(!panel)}
        onHelp={openHelp}
        onMount={onMount}
        keyView={keyViews?.items?.find(({ id }) => id === snapshot.keyViewId)?.title}
        draws={props.draws}
        screen={<ScreenControls stage={stage} large={large} onSecondWindow={props.onSecondWindow} />}
      />
      <div className="relative flex min-h-0 flex-1 max-sm:flex-col">
        {panel && <Panel stage={stage} snapshot={snapshot} keyViews={keyViews} onKeyView={saving.begin} />}
        <div
          ref={grid}
          className="relative grid min-h-0 min-w-0 flex-1 gap-px"
          style={{
            gridTemplateRows: `repeat(${rows}, minmax(0, 1fr))`,
            gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))`,
          }}
        >
          {snapshot.status === 'ready' ? (
            <>
              {cells.map(({ viewportId, area }) => (
                <PaneView
                  key={viewportId}
                  stage={stage}
                  id={viewportId}
                  area={area}
                  large={large}
                  active={snapshot.activeId === viewportId && cells.length > 1}
                  pointers={pointers}
                  marks={marks}
                  onPointer={onPointer}
                  onMount={onMount}
                />
              ))}
              {dvh && large.id === null && (
                <div className="min-h-0 min-w-0" style={{ gridArea: dvh }}>
                  <DvhPanel stage={stage} snapshot={snapshot} />
                </div>
              )}
            </>
          ) : (
            <StatusView status={snapshot.status} headers={snapshot.headers} />
          )}
          {firstLook && (snapshot.status === 'loading' || snapshot.status === 'ready') && (
            <FirstPicture look={firstLook} onTaken={props.onFirstLook} />
          )}
        </div>
        <DocumentPane stage={stage} snapshot={snapshot} />
      </div>
      {!dvh && <DvhDrawer stage={stage} snapshot={snapshot} />}
      {props.whole && <DvhsAhead stage={stage} snapshot={snapshot} />}
      <CursorLine stage={stage} />
      <MeasureWords stage={stage} />
      {saving.dialog}
      <Help open={help} onClose={() => setHelp(false)} />
    </div>
  );
}

function StatusView({
  status,
  headers,
}: {
  status: 'loading' | 'empty' | 'refused' | 'failed';
  headers: { done: number; total: number };
}) {
  const t = useTranslations('viewer');
  return (
    <div
      role="status"
      className="flex flex-col items-center justify-center gap-3 p-8 text-center text-neutral-200"
    >
      <p>{t(`status.${status}`)}</p>
      {status === 'loading' && headers.total > 0 && (
        <progress
          className="h-1 w-48"
          max={headers.total}
          value={headers.done}
          aria-label={t('loadingSeries', headers)}
        />
      )}
    </div>
  );
}
