/** What follows the file meta group of a Part 10 file whose group length is right (PS3.10 7.1). */
export function dataSetOf(file: Buffer): Buffer {
  const metaLength = file.readUInt32LE(140);
  return file.subarray(144 + metaLength);
}
