import { clinicalDocument } from '@/lib/dicom/clinical-documents.ts';
import type { JsonDataSet } from '@/lib/dicom/display-json.ts';
import type { Mm3 } from '@/lib/dicom/image-plane.ts';
import type { ViewerProps } from '../contract.ts';
import { DicomWebError } from '../data/dicom-web.ts';
import { loadCase } from '../data/load-case.ts';
import { readRegistrations } from '../data/registrations.ts';
import { loadSegmentations } from '../data/segmentations.ts';
import { judgeStructureSets } from '../data/structures.ts';
import { CaseServices } from '../ohif/services.ts';
import { StructuresWorker } from '../workers/structures-client.ts';
import { CaseDoses } from './case-doses.ts';
import { DvhDesk } from './dvh-desk.ts';
import { type NamedWay, namedWays } from './named-ways.ts';
import type { Pane } from './pane.ts';
import { initialRois } from './roi-state.ts';
import { Spaces } from './spaces.ts';
import { emptySnapshot, Store, type ViewerSnapshot } from './store.ts';

/** What is opened. */
export type StageOptions = Pick<ViewerProps, 'root' | 'studyUid' | 'series'>;

/** What is loaded of an open case, and what the panels show of it; the viewports are the stage's own. */
export abstract class StageData {
  readonly store = new Store<ViewerSnapshot>(emptySnapshot);
  readonly services: CaseServices;
  /** Frames of reference and what leads from one to another. */
  readonly spaces = new Spaces(
    () => this.store.get(),
    () => this.namedWays(),
  );
  readonly structures = new StructuresWorker();
  /** What the fusions named when all viewports were last drawn. */
  private drawnBy = '[]';
  protected readonly abort = new AbortController();
  readonly doses: CaseDoses;
  readonly dvhs = new DvhDesk(this.structures, 'a');
  /** Of the second of two doses that are compared. */
  readonly otherDvhs = new DvhDesk(this.structures, 'b');

  constructor(private readonly options: StageOptions) {
    this.services = new CaseServices(options.root);
    const { signal } = this.abort;
    this.doses = new CaseDoses({ root: options.root, signal, spaces: this.spaces }, this.store, () =>
      this.news(),
    );
  }

  /** Gy of the dose that is shown at a patient point; null where it says nothing. */
  doseAtPoint = (point: Mm3, frameOfReferenceUid: string | null): number | null =>
    this.doses.at(point, frameOfReferenceUid);

  /** Gy of two compared doses at a patient point; null while none are compared. */
  comparedAtPoint = (point: Mm3, frameOfReferenceUid: string | null) =>
    this.doses.pairAt(point, frameOfReferenceUid);

  /** Every viewport of the layout that is on the page. */
  abstract panes(): readonly Pane[];

  private namedWays(): NamedWay[] {
    const views = this.panes().map((pane) => pane.state());
    return namedWays(views, this.store.get().stacks);
  }

  /** What a fusion names brings contours, doses and points to all viewports: where it names another, all are drawn anew. */
  protected followNamedWays(): void {
    const ways = JSON.stringify(this.namedWays());
    if (ways === this.drawnBy) return;
    this.drawnBy = ways;
    // The panels tell of it too.
    this.store.set({});
    this.redraw();
    this.repaintAll();
  }

  protected abstract hang(): void;
  /** Tells the room when something was moved here. */
  protected abstract changed(byUser: boolean): void;
  /** After a user's own act on the panels or by a key. */
  protected abstract acted(): void;
  abstract redraw(): void;
  /** What is known of the case is more: cuts, and what stands around all pictures, are drawn anew. */
  protected abstract repaintAll(): void;

  protected async load(): Promise<void> {
    try {
      await loadCase({
        ...this.options,
        services: this.services,
        signal: this.abort.signal,
        onProgress: (headers) => this.store.set({ headers }),
        imagesReady: () => this.hang(),
      });
      const structureSets = judgeStructureSets(this.services.structureSetHeaders, this.services.stacks);
      const rois = initialRois(structureSets, this.store.get().rois);
      const { stacks, documentHeaders } = this.services;
      const { registrations, unsupported } = readRegistrations(this.services);
      const documents = documentHeaders.map(clinicalDocument);
      const known = { structureSets, rois, registrations, stacks, documents, unsupported };
      this.store.set({ ...known, complete: true });
      if (stacks.length === 0) this.hang();
      this.news();
      this.doses.begin({ doses: this.services.doseHeaders, plans: this.services.planHeaders });
      void this.loadSegmentations();
    } catch (error) {
      if (this.abort.signal.aborted) return;
      const refused = error instanceof DicomWebError && [401, 403, 404].includes(error.status);
      this.store.set({ status: refused ? 'refused' : 'failed' });
    }
  }

  /** Something that is drawn over the pictures has come. */
  private news(): void {
    this.redraw();
    this.repaintAll();
    this.changed(false);
  }

  /** Segmentations come last, one by one: their voxels are many. */
  private async loadSegmentations(): Promise<void> {
    const { root, structures: worker } = this;
    const { signal } = this.abort;
    const { stacks } = this.store.get();
    await loadSegmentations(
      this.segHeaders,
      { root, stacks, worker, signal },
      {
        onStatus: (segmentations) => this.store.set({ segmentations }),
        onReady: (judged) => {
          const structureSets = [...this.store.get().structureSets, judged];
          this.store.set({ structureSets, rois: initialRois([judged], this.store.get().rois) });
          this.redraw();
          this.changed(false);
        },
      },
    );
  }

  // ------------------------------------------------------------------------------- headers of what belongs to images

  /** DICOMweb root: bulk data of the objects below is fetched under it. */
  get root(): string {
    return this.options.root;
  }
  get segHeaders(): JsonDataSet[] {
    return this.services.segHeaders;
  }
}
