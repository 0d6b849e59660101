import * as accountPassword from '@/app/api/account/password/route.ts';
import * as account from '@/app/api/account/route.ts';
import * as auditCsv from '@/app/api/audit/csv/route.ts';
import * as audit from '@/app/api/audit/route.ts';
import * as boardsOne from '@/app/api/boards/[boardId]/route.ts';
import * as boardsOneSessions from '@/app/api/boards/[boardId]/sessions/route.ts';
import * as boards from '@/app/api/boards/route.ts';
import * as casesOneBookmarksOne from '@/app/api/cases/[caseId]/bookmarks/[bookmarkId]/route.ts';
import * as casesOne from '@/app/api/cases/[caseId]/route.ts';
import * as casesOneSharesOne from '@/app/api/cases/[caseId]/shares/[shareId]/route.ts';
import * as casesOneShares from '@/app/api/cases/[caseId]/shares/route.ts';
import * as casesOneStudiesOne from '@/app/api/cases/[caseId]/studies/[studyId]/route.ts';
import * as casesOneStudies from '@/app/api/cases/[caseId]/studies/route.ts';
import * as cases from '@/app/api/cases/route.ts';
import * as centresOneRecordRetention from '@/app/api/centres/[centreId]/record-retention/route.ts';
import * as centresOne from '@/app/api/centres/[centreId]/route.ts';
import * as centres from '@/app/api/centres/route.ts';
import * as correctionsOne from '@/app/api/corrections/[correctionId]/route.ts';
import * as correctionsOneUndo from '@/app/api/corrections/[correctionId]/undo/route.ts';
import * as corrections from '@/app/api/corrections/route.ts';
import * as decisionsItemsOneAmend from '@/app/api/decisions/items/[itemId]/amend/route.ts';
import * as decisionsItemsOneNotes from '@/app/api/decisions/items/[itemId]/notes/route.ts';
import * as decisionsItemsOnePdf from '@/app/api/decisions/items/[itemId]/pdf/route.ts';
import * as decisionsItemsOnePolls from '@/app/api/decisions/items/[itemId]/polls/route.ts';
import * as decisionsItemsOne from '@/app/api/decisions/items/[itemId]/route.ts';
import * as decisionsItemsOneValidate from '@/app/api/decisions/items/[itemId]/validate/route.ts';
import * as networkListener from '@/app/api/network/listener/route.ts';
import * as networkNodesOnePull from '@/app/api/network/nodes/[nodeId]/pull/route.ts';
import * as networkNodesOneQuery from '@/app/api/network/nodes/[nodeId]/query/route.ts';
import * as networkNodesOne from '@/app/api/network/nodes/[nodeId]/route.ts';
import * as networkNodesOneState from '@/app/api/network/nodes/[nodeId]/state/route.ts';
import * as networkNodesOneTest from '@/app/api/network/nodes/[nodeId]/test/route.ts';
import * as networkNodes from '@/app/api/network/nodes/route.ts';
import * as networkTransfersOneCancel from '@/app/api/network/transfers/[transferId]/cancel/route.ts';
import * as networkTransfersOneRetry from '@/app/api/network/transfers/[transferId]/retry/route.ts';
import * as networkTransfers from '@/app/api/network/transfers/route.ts';
import * as patientsMerge from '@/app/api/patients/merge/route.ts';
import * as patientsSearch from '@/app/api/patients/search/route.ts';
import * as personRoles from '@/app/api/people/[personId]/roles/route.ts';
import * as peopleOne from '@/app/api/people/[personId]/route.ts';
import * as people from '@/app/api/people/route.ts';
import * as peopleSearch from '@/app/api/people/search/route.ts';
import * as quarantineOne from '@/app/api/quarantine/[objectId]/route.ts';
import * as quarantine from '@/app/api/quarantine/route.ts';
import * as sessionsOneAgendaOne from '@/app/api/sessions/[sessionId]/agenda/[itemId]/route.ts';
import * as sessionsOneAgenda from '@/app/api/sessions/[sessionId]/agenda/route.ts';
import * as sessionsOneOrder from '@/app/api/sessions/[sessionId]/order/route.ts';
import * as sessionsOneParticipantsOne from '@/app/api/sessions/[sessionId]/participants/[personId]/route.ts';
import * as sessionsOneParticipants from '@/app/api/sessions/[sessionId]/participants/route.ts';
import * as sessionsOneRecord from '@/app/api/sessions/[sessionId]/record/route.ts';
import * as sessionsOne from '@/app/api/sessions/[sessionId]/route.ts';
import * as sessionsOneWaiting from '@/app/api/sessions/[sessionId]/waiting/route.ts';
import * as sessions from '@/app/api/sessions/route.ts';
import * as studiesOneCorrections from '@/app/api/studies/[studyId]/corrections/route.ts';
import * as studiesOneExportPreview from '@/app/api/studies/[studyId]/export/preview/route.ts';
import * as studiesOneExport from '@/app/api/studies/[studyId]/export/route.ts';
import * as studiesOneHold from '@/app/api/studies/[studyId]/hold/route.ts';
import * as studiesOneRestore from '@/app/api/studies/[studyId]/restore/route.ts';
import * as studiesOne from '@/app/api/studies/[studyId]/route.ts';
import * as studiesOneSend from '@/app/api/studies/[studyId]/send/route.ts';
import * as studiesOneSeriesOneThumbnail from '@/app/api/studies/[studyId]/series/[seriesId]/thumbnail/route.ts';
import * as studiesOneSharesOne from '@/app/api/studies/[studyId]/shares/[shareId]/route.ts';
import * as studiesOneShares from '@/app/api/studies/[studyId]/shares/route.ts';
import * as studiesHidden from '@/app/api/studies/hidden/route.ts';
import * as studies from '@/app/api/studies/route.ts';
import * as tokensOne from '@/app/api/tokens/[tokenId]/route.ts';
import * as tokens from '@/app/api/tokens/route.ts';
import * as uploadsOneCancel from '@/app/api/uploads/[uploadId]/cancel/route.ts';
import * as uploadsOneFiles from '@/app/api/uploads/[uploadId]/files/route.ts';
import * as uploadsOneFinish from '@/app/api/uploads/[uploadId]/finish/route.ts';
import * as uploadsOne from '@/app/api/uploads/[uploadId]/route.ts';
import * as uploadsOneStudies from '@/app/api/uploads/[uploadId]/studies/route.ts';
import * as uploads from '@/app/api/uploads/route.ts';
import type { Operation } from '@/lib/http/openapi.ts';
import { at, NOTHING } from './at.ts';
import { keyViewOperations } from './key-view-operations.ts';

/** Every route of the JSON API with one sentence of what it is for. A test compares it with the files. */
export const operations: readonly Operation[] = [
  at('GET', '/api/account', account.GET, 'Who I am to this server'),
  at('PATCH', '/api/account', account.PATCH, 'Change one’s own language'),
  at(
    'POST',
    '/api/account/password',
    accountPassword.POST,
    'Change one’s own password; every login ends, and every API token',
    NOTHING,
  ),
  at('GET', '/api/audit', audit.GET, 'A centre’s audit rows, newest first, for its administrator'),
  at('GET', '/api/audit/csv', auditCsv.GET, 'The same rows, all of them, as CSV', { produces: 'text/csv' }),
  at('GET', '/api/boards', boards.GET, 'Boards that I may see'),
  at('POST', '/api/boards', boards.POST, 'Create a board'),
  at('GET', '/api/boards/[boardId]', boardsOne.GET, 'A board with its members and sessions'),
  at('PATCH', '/api/boards/[boardId]', boardsOne.PATCH, 'Change a board'),
  at('POST', '/api/boards/[boardId]/sessions', boardsOneSessions.POST, 'Schedule a session'),
  at('GET', '/api/cases', cases.GET, 'Cases that I may see'),
  at('POST', '/api/cases', cases.POST, 'Create a case'),
  at('GET', '/api/cases/[caseId]', casesOne.GET, 'A case with its patient and studies'),
  at('PATCH', '/api/cases/[caseId]', casesOne.PATCH, 'Change a case'),
  at(
    'POST',
    '/api/cases/[caseId]/shares',
    casesOneShares.POST,
    'Share a case with a person or a centre',
    NOTHING,
  ),
  at(
    'DELETE',
    '/api/cases/[caseId]/shares/[shareId]',
    casesOneSharesOne.DELETE,
    'End the sharing of a case',
    NOTHING,
  ),
  ...keyViewOperations,
  at('POST', '/api/cases/[caseId]/studies', casesOneStudies.POST, 'Attach a study to a case', NOTHING),
  at(
    'DELETE',
    '/api/cases/[caseId]/studies/[studyId]',
    casesOneStudiesOne.DELETE,
    'Detach a study from a case',
    NOTHING,
  ),
  at('GET', '/api/centres', centres.GET, 'Centres of the network'),
  at(
    'PATCH',
    '/api/centres/[centreId]',
    centresOne.PATCH,
    'Set for how many years a centre keeps studies at least',
    NOTHING,
  ),
  at(
    'GET',
    '/api/corrections',
    corrections.GET,
    'Corrections of the studies of my centres, the latest first',
  ),
  at('GET', '/api/corrections/[correctionId]', correctionsOne.GET, 'How far a correction is'),
  at(
    'POST',
    '/api/corrections/[correctionId]/undo',
    correctionsOneUndo.POST,
    'Take a correction back: the originals are shown again',
    NOTHING,
  ),
  at(
    'GET',
    '/api/decisions/items/[itemId]',
    decisionsItemsOne.GET,
    'The decision on an agenda item, with its versions',
  ),
  at('PATCH', '/api/decisions/items/[itemId]', decisionsItemsOne.PATCH, 'Write a field of the draft'),
  at(
    'GET',
    '/api/decisions/items/[itemId]/notes',
    decisionsItemsOneNotes.GET,
    'Side notes of an agenda item',
  ),
  at('PUT', '/api/decisions/items/[itemId]/notes', decisionsItemsOneNotes.PUT, 'Write a side note'),
  at(
    'GET',
    '/api/decisions/items/[itemId]/polls',
    decisionsItemsOnePolls.GET,
    'The straw polls of an agenda item',
  ),
  at(
    'POST',
    '/api/decisions/items/[itemId]/amend',
    decisionsItemsOneAmend.POST,
    'Begin an amendment of a validated decision',
    NOTHING,
  ),
  at(
    'GET',
    '/api/decisions/items/[itemId]/pdf',
    decisionsItemsOnePdf.GET,
    'The record as PDF, in either language',
    { produces: 'application/pdf' },
  ),
  at(
    'POST',
    '/api/decisions/items/[itemId]/validate',
    decisionsItemsOneValidate.POST,
    'Validate the draft as the next version',
  ),
  at(
    'POST',
    '/api/patients/merge',
    patientsMerge.POST,
    'Make all studies of one patient another’s; answers the correction that does it',
  ),
  at('GET', '/api/patients/search', patientsSearch.GET, 'Patients of a centre by name or identifier'),
  at('GET', '/api/network/listener', networkListener.GET, 'What unknown DICOM callers get'),
  at(
    'PUT',
    '/api/network/listener',
    networkListener.PUT,
    'Refuse unknown callers, or keep what they bring aside',
    NOTHING,
  ),
  at('GET', '/api/network/nodes', networkNodes.GET, 'Remote DICOM nodes of my centres'),
  at('POST', '/api/network/nodes', networkNodes.POST, 'Describe a remote node'),
  at('PUT', '/api/network/nodes/[nodeId]', networkNodesOne.PUT, 'Change a node’s description'),
  at(
    'POST',
    '/api/network/nodes/[nodeId]/pull',
    networkNodesOnePull.POST,
    'Have a study fetched from a node',
  ),
  at('POST', '/api/network/nodes/[nodeId]/query', networkNodesOneQuery.POST, 'Ask a node for studies'),
  at('PUT', '/api/network/nodes/[nodeId]/state', networkNodesOneState.PUT, 'Switch a node off or on'),
  at(
    'POST',
    '/api/network/nodes/[nodeId]/test',
    networkNodesOneTest.POST,
    'Ask a node whether it is there (C-ECHO)',
  ),
  at('GET', '/api/network/transfers', networkTransfers.GET, 'The latest transfers of my centres'),
  at(
    'POST',
    '/api/network/transfers/[transferId]/cancel',
    networkTransfersOneCancel.POST,
    'Cancel a transfer',
    NOTHING,
  ),
  at(
    'POST',
    '/api/network/transfers/[transferId]/retry',
    networkTransfersOneRetry.POST,
    'Take a transfer up again',
    NOTHING,
  ),
  at('GET', '/api/people', people.GET, 'People of the centres that I administer'),
  at('POST', '/api/people', people.POST, 'Add a person to a centre'),
  at('PATCH', '/api/people/[personId]', peopleOne.PATCH, 'Disable or enable an account'),
  at('PUT', '/api/people/[personId]/roles', personRoles.PUT, 'Say what somebody is at a centre'),
  at('GET', '/api/people/search', peopleSearch.GET, 'Find people of the network by name, to invite them'),
  at('GET', '/api/quarantine', quarantine.GET, 'Objects kept aside in the centres that I administer'),
  at('POST', '/api/quarantine', quarantine.POST, 'Decide on many quarantined objects in the same way'),
  at(
    'GET',
    '/api/quarantine/[objectId]',
    quarantineOne.GET,
    'A quarantined object beside the stored one: what differs',
  ),
  at(
    'POST',
    '/api/quarantine/[objectId]',
    quarantineOne.POST,
    'Keep the stored object, take the new one, accept it, discard it, or take the decision back',
    NOTHING,
  ),
  at('GET', '/api/sessions', sessions.GET, 'Sessions that I am invited to or prepare'),
  at(
    'PUT',
    '/api/centres/[centreId]/record-retention',
    centresOneRecordRetention.PUT,
    'Set for how many days a centre keeps the record of its live sessions',
    NOTHING,
  ),
  at(
    'GET',
    '/api/cases/[caseId]/bookmarks/[bookmarkId]',
    casesOneBookmarksOne.GET,
    'What was shown when a line of a decision was written',
  ),
  at(
    'GET',
    '/api/sessions/[sessionId]/record',
    sessionsOneRecord.GET,
    'What was looked at and decided in a live session',
  ),
  at('GET', '/api/sessions/[sessionId]/waiting', sessionsOneWaiting.GET, 'Who waits to be let in'),
  at('GET', '/api/sessions/[sessionId]', sessionsOne.GET, 'A session with its agenda and participants'),
  at('PUT', '/api/sessions/[sessionId]', sessionsOne.PUT, 'Cancel a session, or take that back', NOTHING),
  at('PATCH', '/api/sessions/[sessionId]', sessionsOne.PATCH, 'Change a session'),
  at('POST', '/api/sessions/[sessionId]/agenda', sessionsOneAgenda.POST, 'Put a case on the agenda'),
  at(
    'PATCH',
    '/api/sessions/[sessionId]/agenda/[itemId]',
    sessionsOneAgendaOne.PATCH,
    'Change, remove or restore an agenda item',
  ),
  at('PUT', '/api/sessions/[sessionId]/order', sessionsOneOrder.PUT, 'Order the agenda'),
  at(
    'POST',
    '/api/sessions/[sessionId]/participants',
    sessionsOneParticipants.POST,
    'Invite a person',
    NOTHING,
  ),
  at(
    'DELETE',
    '/api/sessions/[sessionId]/participants/[personId]',
    sessionsOneParticipantsOne.DELETE,
    'Take an invitation back',
    NOTHING,
  ),
  at('GET', '/api/studies', studies.GET, 'Studies that I may see'),
  at('GET', '/api/studies/[studyId]', studiesOne.GET, 'A study with its series'),
  at(
    'DELETE',
    '/api/studies/[studyId]',
    studiesOne.DELETE,
    'Delete a study with a reason; it can be restored until its bytes go',
  ),
  at(
    'POST',
    '/api/studies/[studyId]/corrections',
    studiesOneCorrections.POST,
    'Correct whose a study, or some of its series, is; answers the correction that does it',
  ),
  at(
    'GET',
    '/api/studies/[studyId]/export',
    studiesOneExport.GET,
    'The study, and others with it, as a zip with a DICOMDIR, de-identified unless told otherwise',
    { produces: 'application/zip' },
  ),
  at(
    'GET',
    '/api/studies/[studyId]/export/preview',
    studiesOneExportPreview.GET,
    'What an export would contain, and what in it cannot be cleaned by rule',
  ),
  at(
    'PUT',
    '/api/studies/[studyId]/hold',
    studiesOneHold.PUT,
    'Put a study under legal hold, or lift it',
    NOTHING,
  ),
  at('POST', '/api/studies/[studyId]/restore', studiesOneRestore.POST, 'Bring a deleted study back', NOTHING),
  at(
    'GET',
    '/api/studies/[studyId]/series/[seriesId]/thumbnail',
    studiesOneSeriesOneThumbnail.GET,
    'A small picture of a series',
    { produces: 'image/webp' },
  ),
  at('POST', '/api/studies/[studyId]/send', studiesOneSend.POST, 'Have a study sent to a node'),
  at(
    'POST',
    '/api/studies/[studyId]/shares',
    studiesOneShares.POST,
    'Share a study with a person or a centre',
    NOTHING,
  ),
  at(
    'DELETE',
    '/api/studies/[studyId]/shares/[shareId]',
    studiesOneSharesOne.DELETE,
    'End the sharing of a study; in how many cases it is seen all the same',
  ),
  at('GET', '/api/studies/hidden', studiesHidden.GET, 'Deleted studies that can be restored still'),
  at('GET', '/api/tokens', tokens.GET, 'My API tokens'),
  at('POST', '/api/tokens', tokens.POST, 'Make an API token; it is shown this once'),
  at('DELETE', '/api/tokens/[tokenId]', tokensOne.DELETE, 'Revoke one of my tokens', NOTHING),
  at('POST', '/api/uploads', uploads.POST, 'Begin or resume an upload'),
  at('GET', '/api/uploads/[uploadId]', uploadsOne.GET, 'What an upload has brought so far'),
  at(
    'POST',
    '/api/uploads/[uploadId]/cancel',
    uploadsOneCancel.POST,
    'Cancel an upload; what was taken stays',
    NOTHING,
  ),
  at(
    'PUT',
    '/api/uploads/[uploadId]/files',
    uploadsOneFiles.PUT,
    'Send the bytes of one file; one JSON line per object answers',
    { produces: 'application/x-ndjson', consumes: 'application/octet-stream' },
  ),
  at('POST', '/api/uploads/[uploadId]/finish', uploadsOneFinish.POST, 'Finish an upload', NOTHING),
  at(
    'GET',
    '/api/uploads/[uploadId]/studies',
    uploadsOneStudies.GET,
    'The studies that an upload has touched',
  ),
];
