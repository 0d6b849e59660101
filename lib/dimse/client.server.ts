/** What this node asks of others (service class user): C-ECHO, C-FIND, C-STORE, C-GET, C-MOVE. */
export { echo } from './echo.server.ts';
export { find } from './find.server.ts';
export { getStudy } from './get-study.server.ts';
export { move } from './move.server.ts';
export { openStore, type StoreConnection, type StoredObject } from './open-store.server.ts';
export type { DicomPeer, PeerTls } from './peer.ts';
