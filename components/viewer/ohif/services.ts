import {
  DicomMetadataStore,
  type DisplaySet,
  DisplaySetService,
  HangingProtocolService,
  type NaturalizedInstance,
  type SopClassHandler,
} from '@ohif/core';
import dcmjs from 'dcmjs';
import { type JsonDataSet, textValue } from '@/lib/dicom/display-json.ts';
import { isShown } from '@/lib/dicom/uids.ts';
import type { SeriesFacts } from '../contract.ts';
import { describeStack, isStack, type Stack, toStackImages } from '../data/stack.ts';
import type { LayoutId } from './layouts.ts';
import { petPair } from './pet-pair.ts';
import { plannedOn } from './planned.ts';
import { currentAndPrior, FEW } from './priors.ts';
import { protocols } from './protocols.ts';
import { type Belonging, belongings, imageStorage } from './sop-classes.ts';

const IMAGES = 'consilium.images';
const OTHERS = 'consilium.others';
const handlerOf = (belonging: Belonging): string => `consilium.${belonging}`;

/** Which display sets hang in which viewport of a layout: its own first, then what lies over it. */
export type Hung = { stack: Stack; over: Stack | null };
export type Hanging = { layout: LayoutId; hung: Map<string, Hung> };

/**
 * OHIF's services for one open case: the metadata store, the grouping of instances into display sets, and the choice
 * of a layout by hanging protocols. One at a time per page: the metadata
 * store is OHIF's own, one, and keeps what it has seen; the pixels are what is freed when a case closes.
 */
export class CaseServices {
  private readonly displaySets = new DisplaySetService();
  private readonly hanging: HangingProtocolService;
  private readonly headers = new Map<string, JsonDataSet>();
  private attached: readonly SeriesFacts[] = [];

  constructor(private readonly root: string) {
    const handlers: Record<string, SopClassHandler> = {
      [IMAGES]: {
        sopClassUids: [...imageStorage],
        getDisplaySetsFromSeries: (instances) => this.imagesOf(instances),
      },
      ...Object.fromEntries(
        Object.entries(belongings).map(([name, sopClassUids]): [string, SopClassHandler] => [
          handlerOf(name as Belonging),
          {
            sopClassUids: [...sopClassUids],
            getDisplaySetsFromSeries: (instances) =>
              instances.map((one) => plainSet(handlerOf(name as Belonging), [one], true)),
          },
        ]),
      ),
      // Whatever has no handler is named and said to be unsupported, never left out.
      [OTHERS]: {
        sopClassUids: [],
        getDisplaySetsFromSeries: (instances) => [plainSet(OTHERS, instances, true)],
      },
    };
    this.displaySets.onModeExit();
    this.displaySets.setUnsuportedSOPClassHandler(OTHERS);
    this.displaySets.init(
      { getModuleEntry: (id) => handlers[id] },
      Object.keys(handlers).filter((id) => id !== OTHERS),
    );
    const quiet = { run: () => undefined, runCommand: () => undefined };
    this.hanging = new HangingProtocolService(quiet, { services: { displaySetService: this.displaySets } });
    this.addAttributes();
    for (const protocol of protocols) this.hanging.addProtocol(protocol.id, structuredClone(protocol));
  }

  /** Everything attached: known before the headers, so that the layout need not wait for them. */
  announce(series: readonly SeriesFacts[]): void {
    this.attached = series;
  }

  /** Groups one series' headers into display sets. */
  add(headers: readonly JsonDataSet[]): void {
    if (headers.length === 0) return;
    const instances = headers.map((header) => {
      const instance = dcmjs.data.DicomMetaDictionary.naturalizeDataset(header) as NaturalizedInstance;
      this.headers.set(instance.SOPInstanceUID, header);
      return instance;
    });
    const [first] = instances;
    const kept = first && DicomMetadataStore.getSeries(first.StudyInstanceUID, first.SeriesInstanceUID);
    const known = new Set(kept?.instances.map((one) => one.SOPInstanceUID));
    const fresh = instances.filter((one) => !known.has(one.SOPInstanceUID));
    if (fresh.length > 0) DicomMetadataStore.addInstances(fresh);
    this.displaySets.makeDisplaySets(instances);
  }

  get stacks(): Stack[] {
    const stacks = this.displaySets.getActiveDisplaySets().filter(isStack);
    return stacks.sort(
      (a, b) =>
        (a.SeriesNumber ?? 0) - (b.SeriesNumber ?? 0) ||
        a.displaySetInstanceUID.localeCompare(b.displaySetInstanceUID),
    );
  }

  get structureSetHeaders(): JsonDataSet[] {
    return this.belonging('structures');
  }
  get segHeaders(): JsonDataSet[] {
    return this.belonging('segmentations');
  }

  get registrationHeaders(): JsonDataSet[] {
    return this.belonging('registrations');
  }
  get doseHeaders(): JsonDataSet[] {
    return this.belonging('doses');
  }
  get planHeaders(): JsonDataSet[] {
    return this.belonging('plans');
  }
  get documentHeaders(): JsonDataSet[] {
    return this.belonging('documents');
  }

  /** Objects that are attached but cannot be shown here. */
  get unsupported(): DisplaySet[] {
    return this.withHandler(OTHERS);
  }

  /** The display sets of registrations, by their SOP Instance UIDs. */
  registrationSets(sopInstanceUids: ReadonlySet<string>): DisplaySet[] {
    return this.withHandler(handlerOf('registrations')).filter(({ instances }) =>
      sopInstanceUids.has(instances[0]?.SOPInstanceUID ?? ''),
    );
  }

  /** Chooses a layout, or fills the one asked for. Null when there is no image at all. */
  hang(layout?: LayoutId): Hanging | null {
    const { stacks } = this;
    this.tellRoles(stacks);
    const studies = [...new Set(stacks.map((stack) => stack.StudyInstanceUID))].flatMap(
      (uid) => DicomMetadataStore.getStudy(uid) ?? [],
    );
    const [activeStudy] = studies;
    if (!activeStudy) return null;
    this.hanging.run({ studies, displaySets: stacks, activeStudy }, layout);
    const { protocol } = this.hanging.getActiveProtocol();
    const hung = new Map<string, Hung>();
    for (const [viewportId, match] of this.hanging.getMatchDetails().viewportMatchDetails) {
      const [stack, over] = match.displaySetsInfo.map((info) =>
        stacks.find((one) => one.displaySetInstanceUID === info.displaySetInstanceUID),
      );
      if (stack) hung.set(viewportId, { stack, over: over ?? null });
    }
    return { layout: (protocol?.id ?? 'single') as LayoutId, hung };
  }

  /** What series are to one another, for the rules of the hanging protocols. */
  private tellRoles(stacks: readonly Stack[]): void {
    const comparison = currentAndPrior(stacks);
    const pair = petPair(stacks);
    const planned = plannedOn(stacks, {
      series: this.attached,
      structureSets: this.structureSetHeaders,
      doses: this.doseHeaders,
    });
    for (const stack of stacks)
      Object.assign(stack, {
        comparison: stack === comparison?.current ? 'current' : stack === comparison?.prior ? 'prior' : '',
        petPair: stack === pair?.base ? 'base' : stack === pair?.pet ? 'pet' : '',
        planned: stack === planned,
      });
  }

  close(): void {
    this.hanging.reset();
    this.displaySets.onModeExit();
  }

  private belonging(name: Belonging): JsonDataSet[] {
    return this.withHandler(handlerOf(name)).flatMap((set) => this.headersOf(set.instances));
  }

  /** The headers of instances as WADO-RS gave them. */
  headersOf(instances: readonly NaturalizedInstance[]): JsonDataSet[] {
    return instances
      .map((one) => this.headers.get(one.SOPInstanceUID))
      .filter((header) => header !== undefined);
  }

  private withHandler(id: string): DisplaySet[] {
    return this.displaySets.getActiveDisplaySets().filter((set) => set.SOPClassHandlerId === id);
  }

  /** Video, and compressions that no decoder of the viewer reads, are named among the unsupported: never a black image. */
  private imagesOf(instances: NaturalizedInstance[]): DisplaySet[] {
    const isDecoded = (one: NaturalizedInstance) =>
      isShown(textValue(this.headers.get(one.SOPInstanceUID), '00083002'));
    const shown = instances.filter(isDecoded);
    const others = instances.filter((one) => !isDecoded(one));
    return [
      ...(shown.length > 0 ? this.stacksOf(shown) : []),
      ...(others.length > 0 ? [plainSet(OTHERS, others, true)] : []),
    ];
  }

  private stacksOf(instances: NaturalizedInstance[]): DisplaySet[] {
    const headers = this.headersOf(instances);
    // Objects of an image class without pixels of their own are named among the unsupported.
    if (!headers.some((header) => header['00280010']?.Value)) return [plainSet(OTHERS, instances, true)];
    return toStackImages(this.root, headers).map((images, index): Stack & { imageCount: number } => {
      const described = describeStack(images, headers);
      const uids = new Set(images.map((image) => image.sopInstanceUid));
      return {
        ...plainSet(
          IMAGES,
          instances.filter((one) => uids.has(one.SOPInstanceUID)),
          false,
        ),
        // OHIF asks once per SOP class, and drops a set whose UID it has: a series of two classes must not lose one.
        displaySetInstanceUID: `${instances[0]?.SeriesInstanceUID}/${instances[0]?.SOPClassUID}/${index + 1}`,
        unsupported: false,
        images,
        ...described,
        imageCount: images.length,
      };
    });
  }

  private addAttributes(): void {
    const count = (modality: string) =>
      this.stacks.filter((one) => one.Modality === modality && one.images.length > FEW).length;
    const isAttached = (modality: string) => this.attached.some((one) => one.modality === modality);
    this.hanging.addCustomAttribute(
      'hasPetPair',
      'A PET, and a CT or an MR to lie under it',
      () => petPair(this.stacks) !== null,
    );
    this.hanging.addCustomAttribute(
      'hasDose',
      'A dose for a CT or an MR',
      () => isAttached('RTDOSE') && count('CT') + count('MR') > 0,
    );
    this.hanging.addCustomAttribute(
      'hasStructures',
      'Contours on a CT or an MR',
      () => isAttached('RTSTRUCT') && count('CT') + count('MR') > 0,
    );
    this.hanging.addCustomAttribute('isAnything', 'Any images', () => true);
  }
}

function plainSet(handler: string, instances: NaturalizedInstance[], unsupported: boolean): DisplaySet {
  const [first] = instances;
  return {
    displaySetInstanceUID: `${first?.SeriesInstanceUID}/${first?.SOPInstanceUID}`,
    SOPClassHandlerId: handler,
    StudyInstanceUID: first?.StudyInstanceUID ?? '',
    SeriesInstanceUID: first?.SeriesInstanceUID ?? '',
    SeriesNumber: typeof first?.SeriesNumber === 'number' ? first.SeriesNumber : null,
    Modality: String(first?.Modality ?? ''),
    SeriesDescription: String(first?.SeriesDescription ?? ''),
    instances,
    unsupported,
  };
}
