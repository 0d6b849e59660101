declare module 'dcmjs' {
  /** Only what we use; dcmjs ships no types. */
  const dcmjs: {
    data: {
      DicomMetaDictionary: {
        dictionary: Record<string, { vr?: string; name?: string } | undefined>;
        nameMap: Record<string, { tag: string; vr: string } | undefined>;
        naturalizeDataset(dataset: unknown): Record<string, unknown>;
        denaturalizeDataset(dataset: unknown): Record<string, { vr: string; Value: unknown[] }>;
      };
      DicomMessage: { readFile(bytes: ArrayBuffer): { dict: Record<string, unknown> } };
      DicomDict: new (
        meta: unknown,
      ) => {
        dict: Record<string, unknown>;
        write(options?: { fragmentMultiframe?: boolean; allowInvalidVRLength?: boolean }): ArrayBuffer;
      };
    };
    log?: { setLevel?(level: string): void };
  };
  export default dcmjs;
}
