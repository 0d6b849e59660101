/** Only what we use of @ohif/core 3.13; it ships no types. */
declare module '@ohif/core' {
  export type NaturalizedInstance = {
    SOPInstanceUID: string;
    SOPClassUID: string;
    SeriesInstanceUID: string;
    StudyInstanceUID: string;
    [keyword: string]: unknown;
  };

  export type DisplaySet = {
    displaySetInstanceUID: string;
    SOPClassHandlerId: string;
    StudyInstanceUID: string;
    SeriesInstanceUID: string;
    SeriesNumber: number | null;
    Modality: string;
    SeriesDescription: string;
    instances: NaturalizedInstance[];
    unsupported?: boolean;
  };

  export type SopClassHandler = {
    sopClassUids: string[];
    getDisplaySetsFromSeries: (instances: NaturalizedInstance[]) => DisplaySet[];
  };

  export const DicomMetadataStore: {
    addInstances: (instances: NaturalizedInstance[], madeInClient?: boolean) => void;
    getStudy: (studyInstanceUid: string) => { StudyInstanceUID: string; series: unknown[] } | undefined;
    getSeries: (
      studyInstanceUid: string,
      seriesInstanceUid: string,
    ) => { instances: NaturalizedInstance[] } | undefined;
  };

  export class DisplaySetService {
    init(
      extensionManager: { getModuleEntry: (id: string) => SopClassHandler | undefined },
      sopClassHandlerIds: string[],
    ): void;
    makeDisplaySets(instances: NaturalizedInstance[]): DisplaySet[] | undefined;
    getActiveDisplaySets(): DisplaySet[];
    getDisplaySetByUID(uid: string): DisplaySet | undefined;
    setUnsuportedSOPClassHandler(id: string): void;
    onModeExit(): void;
  }

  export type MatchingRule = {
    attribute: string;
    weight?: number;
    required?: boolean;
    constraint: Record<string, unknown>;
  };

  export type HangingProtocol = {
    id: string;
    name?: string;
    protocolMatchingRules: MatchingRule[];
    displaySetSelectors: Record<
      string,
      { studyMatchingRules?: MatchingRule[]; seriesMatchingRules: MatchingRule[] }
    >;
    stages: {
      id: string;
      name: string;
      viewportStructure: { layoutType: 'grid'; properties: { rows: number; columns: number } };
      viewports: {
        viewportOptions: { viewportId: string };
        displaySets: { id: string; matchedDisplaySetsIndex?: number }[];
      }[];
    }[];
    numberOfPriorsReferenced?: number;
  };

  export type MatchDetails = {
    viewportOptions: { viewportId: string };
    displaySetsInfo: { displaySetInstanceUID?: string }[];
  };

  type Services = {
    services: { displaySetService: DisplaySetService; hangingProtocolService?: HangingProtocolService };
  };

  export class HangingProtocolService {
    constructor(
      commandsManager: { run: (...args: unknown[]) => void; runCommand: (...args: unknown[]) => void },
      servicesManager: Services,
    );
    addProtocol(id: string, protocol: HangingProtocol): void;
    addCustomAttribute(
      id: string,
      name: string,
      callback: (study: unknown, options?: { displaySets?: DisplaySet[] }) => unknown,
    ): void;
    run(
      input: {
        studies: { StudyInstanceUID: string }[];
        displaySets: DisplaySet[];
        activeStudy: { StudyInstanceUID: string };
      },
      protocolId?: string,
    ): void;
    getActiveProtocol(): {
      protocol: HangingProtocol | undefined;
      stage: HangingProtocol['stages'][number] | undefined;
    };
    getMatchDetails(): { viewportMatchDetails: Map<string, MatchDetails> };
    reset(): void;
  }
}
