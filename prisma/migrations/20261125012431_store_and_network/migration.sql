-- CreateEnum
CREATE TYPE "TransferDirection" AS ENUM ('push', 'pull');

-- CreateEnum
CREATE TYPE "TransferState" AS ENUM ('waiting', 'running', 'done', 'failed', 'cancelled');

-- AlterTable
ALTER TABLE "Centre" ADD COLUMN     "retentionYears" INTEGER;

-- AlterTable
ALTER TABLE "Study" ADD COLUMN     "hiddenAt" TIMESTAMPTZ(3),
ADD COLUMN     "hiddenBecause" TEXT,
ADD COLUMN     "hiddenById" UUID,
ADD COLUMN     "hiddenReason" TEXT NOT NULL DEFAULT '',
ADD COLUMN     "legalHoldAt" TIMESTAMPTZ(3),
ADD COLUMN     "legalHoldById" UUID,
ADD COLUMN     "legalHoldReason" TEXT NOT NULL DEFAULT '',
ADD COLUMN     "purgeAt" TIMESTAMPTZ(3),
ADD COLUMN     "replacedById" UUID,
ALTER COLUMN "updatedAt" SET DEFAULT CURRENT_TIMESTAMP;

-- AlterTable
ALTER TABLE "Series" ADD COLUMN     "hiddenAt" TIMESTAMPTZ(3),
ADD COLUMN     "metadataRevision" INTEGER NOT NULL DEFAULT -1,
ADD COLUMN     "revision" INTEGER NOT NULL DEFAULT 0;

-- AlterTable
ALTER TABLE "Instance" ADD COLUMN     "pixelLength" BIGINT,
ADD COLUMN     "pixelOffset" BIGINT;

-- AlterTable
ALTER TABLE "QuarantinedObject" ADD COLUMN     "resolution" TEXT,
ADD COLUMN     "resolvedById" UUID;

-- CreateTable
CREATE TABLE "RemoteNode" (
    "id" UUID NOT NULL,
    "centreId" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "aeTitle" TEXT NOT NULL,
    "host" TEXT NOT NULL,
    "port" INTEGER NOT NULL,
    "tls" BOOLEAN NOT NULL DEFAULT false,
    "certificateFingerprint" TEXT NOT NULL DEFAULT '',
    "mayStore" BOOLEAN NOT NULL DEFAULT false,
    "mayQuery" BOOLEAN NOT NULL DEFAULT false,
    "mayRetrieve" BOOLEAN NOT NULL DEFAULT false,
    "deidentify" JSONB,
    "lastEchoAt" TIMESTAMPTZ(3),
    "lastEchoProblem" TEXT NOT NULL DEFAULT '',
    "version" INTEGER NOT NULL DEFAULT 1,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "disabledAt" TIMESTAMPTZ(3),

    CONSTRAINT "RemoteNode_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ListenerSettings" (
    "id" INTEGER NOT NULL DEFAULT 1,
    "unknownCallers" TEXT NOT NULL DEFAULT 'refuse',
    "centreId" UUID,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "ListenerSettings_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Transfer" (
    "id" UUID NOT NULL,
    "centreId" UUID NOT NULL,
    "nodeId" UUID NOT NULL,
    "direction" "TransferDirection" NOT NULL,
    "state" "TransferState" NOT NULL DEFAULT 'waiting',
    "studyId" UUID,
    "studyInstanceUid" TEXT NOT NULL,
    "label" TEXT NOT NULL DEFAULT '',
    "requestedById" UUID,
    "options" JSONB NOT NULL DEFAULT '{}',
    "total" INTEGER NOT NULL DEFAULT 0,
    "sent" INTEGER NOT NULL DEFAULT 0,
    "failed" INTEGER NOT NULL DEFAULT 0,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "reason" TEXT,
    "detail" TEXT NOT NULL DEFAULT '',
    "nextAttemptAt" TIMESTAMPTZ(3),
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "finishedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Transfer_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "TransferItem" (
    "transferId" UUID NOT NULL,
    "instanceId" UUID NOT NULL,
    "sopInstanceUid" TEXT NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'waiting',
    "status" TEXT NOT NULL DEFAULT '',
    "at" TIMESTAMPTZ(3),

    CONSTRAINT "TransferItem_pkey" PRIMARY KEY ("transferId","instanceId")
);

-- CreateIndex
CREATE INDEX "RemoteNode_aeTitle_idx" ON "RemoteNode"("aeTitle");

-- CreateIndex
CREATE UNIQUE INDEX "RemoteNode_centreId_name_key" ON "RemoteNode"("centreId", "name");

-- CreateTable
CREATE TABLE "Correction" (
    "id" UUID NOT NULL,
    "centreId" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'running',
    "identity" JSONB NOT NULL,
    "reason" TEXT NOT NULL,
    "total" INTEGER NOT NULL DEFAULT 0,
    "written" INTEGER NOT NULL DEFAULT 0,
    "failure" TEXT,
    "patients" JSONB,
    "requestedById" UUID,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "finishedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Correction_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "CorrectionStudy" (
    "correctionId" UUID NOT NULL,
    "studyId" UUID NOT NULL,
    "newStudyUid" TEXT NOT NULL,
    "newStudyId" UUID,
    "seriesIds" UUID[],
    "caseIds" UUID[],

    CONSTRAINT "CorrectionStudy_pkey" PRIMARY KEY ("correctionId","studyId")
);

-- CreateIndex
CREATE INDEX "Correction_centreId_createdAt_idx" ON "Correction"("centreId", "createdAt");

-- CreateIndex
CREATE INDEX "Correction_state_idx" ON "Correction"("state");

-- CreateIndex
CREATE INDEX "CorrectionStudy_studyId_idx" ON "CorrectionStudy"("studyId");

-- CreateIndex
CREATE INDEX "CorrectionStudy_newStudyId_idx" ON "CorrectionStudy"("newStudyId");

-- AddForeignKey
ALTER TABLE "CorrectionStudy" ADD CONSTRAINT "CorrectionStudy_correctionId_fkey" FOREIGN KEY ("correctionId") REFERENCES "Correction"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- CreateIndex
CREATE INDEX "Transfer_state_nextAttemptAt_idx" ON "Transfer"("state", "nextAttemptAt");

-- CreateIndex
CREATE INDEX "Transfer_centreId_createdAt_idx" ON "Transfer"("centreId", "createdAt");

-- CreateIndex
CREATE INDEX "TransferItem_transferId_state_idx" ON "TransferItem"("transferId", "state");

-- CreateIndex
CREATE INDEX "Study_centreId_patientId_idx" ON "Study"("centreId", "patientId");

-- CreateIndex
CREATE INDEX "Study_centreId_studyDate_idx" ON "Study"("centreId", "studyDate");

-- AddForeignKey
ALTER TABLE "RemoteNode" ADD CONSTRAINT "RemoteNode_centreId_fkey" FOREIGN KEY ("centreId") REFERENCES "Centre"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Transfer" ADD CONSTRAINT "Transfer_nodeId_fkey" FOREIGN KEY ("nodeId") REFERENCES "RemoteNode"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "TransferItem" ADD CONSTRAINT "TransferItem_transferId_fkey" FOREIGN KEY ("transferId") REFERENCES "Transfer"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- Takes a batch of instances into the index, each with its audit row, in one statement: one round trip and one commit
-- for whatever came while the last batch was written. lib/store/commit-instances.server.ts gives the items their shape.
-- Outcomes: taken | known | conflict (stored with other bytes; nothing written) | hidden (its study or series is not
-- shown any more; nothing written).
CREATE FUNCTION consilium_store_instances(items jsonb)
RETURNS TABLE (idx integer, outcome text, series_id uuid, stored_sha256 text)
LANGUAGE plpgsql AS $$
DECLARE
  item record;
  study record;
  series record;
  stored record;
  action text;
BEGIN
  -- One writer per study at a time, in one order whatever the batch: counts are right and nobody waits in a circle.
  PERFORM pg_advisory_xact_lock(key) FROM (
    SELECT DISTINCT hashtextextended((value->>'centreId') || ' ' || (value->'study'->>'studyInstanceUid'), 0) AS key
    FROM jsonb_array_elements(items) ORDER BY 1
  ) AS keys;
  FOR item IN
    SELECT ordinality::integer - 1 AS idx, value AS v FROM jsonb_array_elements(items) WITH ORDINALITY
  LOOP
    idx := item.idx;
    series_id := NULL;
    stored_sha256 := NULL;
    SELECT i."sha256", i."seriesId", (st."hiddenAt" IS NOT NULL OR se."hiddenAt" IS NOT NULL) AS hidden INTO stored
    FROM "Instance" i JOIN "Series" se ON se."id" = i."seriesId" JOIN "Study" st ON st."id" = se."studyId"
    WHERE i."centreId" = (item.v->>'centreId')::uuid AND i."sopInstanceUid" = item.v->'instance'->>'sopInstanceUid';
    IF FOUND THEN
      stored_sha256 := stored."sha256";
      IF stored.hidden AND NOT (item.v->>'hidden')::boolean THEN
        outcome := 'hidden';
      ELSIF stored."sha256" = item.v->'instance'->>'sha256' THEN
        outcome := 'known';
        series_id := stored."seriesId";
      ELSE
        outcome := 'conflict';
      END IF;
    ELSE
      SELECT st."id", st."hiddenAt" INTO study FROM "Study" st
      WHERE st."centreId" = (item.v->>'centreId')::uuid
        AND st."studyInstanceUid" = item.v->'study'->>'studyInstanceUid';
      IF NOT FOUND THEN
        INSERT INTO "Study" (
          "id", "centreId", "importedById", "studyInstanceUid", "patientId", "patientName", "patientBirthDate",
          "patientSex", "studyDate", "studyTime", "studyId", "accessionNumber", "description", "referringPhysician",
          "searchText", "modalities", "hiddenAt", "hiddenBecause"
        )
        SELECT gen_random_uuid(), (item.v->>'centreId')::uuid, (item.v->'actor'->>'personId')::uuid,
          s."studyInstanceUid", s."patientId", s."patientName", s."patientBirthDate", s."patientSex", s."studyDate",
          s."studyTime", s."studyId", s."accessionNumber", s."description", s."referringPhysician", s."searchText", '{}',
          CASE WHEN (item.v->>'hidden')::boolean THEN now() END,
          CASE WHEN (item.v->>'hidden')::boolean THEN 'pending' END
        FROM jsonb_to_record(item.v->'study') AS s (
          "studyInstanceUid" text, "patientId" text, "patientName" text, "patientBirthDate" text, "patientSex" text,
          "studyDate" text, "studyTime" text, "studyId" text, "accessionNumber" text, "description" text,
          "referringPhysician" text, "searchText" text
        )
        RETURNING "Study"."id", "Study"."hiddenAt" INTO study;
      END IF;
      SELECT se."id", se."hiddenAt" INTO series FROM "Series" se
      WHERE se."studyId" = study."id" AND se."seriesInstanceUid" = item.v->'series'->>'seriesInstanceUid';
      IF (study."hiddenAt" IS NOT NULL OR series."hiddenAt" IS NOT NULL) AND NOT (item.v->>'hidden')::boolean THEN
        outcome := 'hidden';
      ELSE
        IF series."id" IS NULL THEN
          INSERT INTO "Series" (
            "id", "studyId", "seriesInstanceUid", "modality", "seriesNumber", "description", "bodyPart",
            "frameOfReferenceUid", "seriesDate", "seriesTime", "instanceCount", "revision"
          )
          SELECT gen_random_uuid(), study."id", s."seriesInstanceUid", s."modality", s."seriesNumber", s."description",
            s."bodyPart", s."frameOfReferenceUid", s."seriesDate", s."seriesTime", 1, 1
          FROM jsonb_to_record(item.v->'series') AS s (
            "seriesInstanceUid" text, "modality" text, "seriesNumber" integer, "description" text, "bodyPart" text,
            "frameOfReferenceUid" text, "seriesDate" text, "seriesTime" text
          )
          RETURNING "Series"."id" INTO series_id;
        ELSE
          series_id := series."id";
          UPDATE "Series" se SET "instanceCount" = se."instanceCount" + 1, "revision" = se."revision" + 1
          WHERE se."id" = series_id;
        END IF;
        UPDATE "Study" st SET
          "instanceCount" = st."instanceCount" + 1,
          "seriesCount" = st."seriesCount" + CASE WHEN series."id" IS NULL THEN 1 ELSE 0 END,
          "modalities" = CASE
            WHEN item.v->'series'->>'modality' = '' OR item.v->'series'->>'modality' = ANY (st."modalities")
              THEN st."modalities"
            ELSE (SELECT array_agg(m ORDER BY m COLLATE "C")
                  FROM unnest(st."modalities" || (item.v->'series'->>'modality')) AS m)
          END,
          "updatedAt" = now()
        WHERE st."id" = study."id";
        INSERT INTO "Instance" (
          "id", "centreId", "seriesId", "sopInstanceUid", "sopClassUid", "transferSyntaxUid", "instanceNumber", "rows",
          "columns", "frames", "sha256", "size", "pixelOffset", "pixelLength"
        )
        SELECT gen_random_uuid(), (item.v->>'centreId')::uuid, series_id, i."sopInstanceUid", i."sopClassUid",
          i."transferSyntaxUid", i."instanceNumber", i."rows", i."columns", i."frames", i."sha256", i."size",
          i."pixelOffset", i."pixelLength"
        FROM jsonb_to_record(item.v->'instance') AS i (
          "sopInstanceUid" text, "sopClassUid" text, "transferSyntaxUid" text, "instanceNumber" integer, "rows" integer,
          "columns" integer, "frames" integer, "sha256" text, "size" bigint, "pixelOffset" bigint, "pixelLength" bigint
        );
        outcome := 'taken';
      END IF;
    END IF;
    IF outcome IN ('taken', 'known') THEN
      action := CASE outcome WHEN 'taken' THEN 'instance.store' ELSE 'instance.known' END;
      INSERT INTO "AuditEvent" (
        "actorId", "actorName", "door", "centreId", "action", "resourceType", "resourceId", "details"
      ) VALUES (
        (item.v->'actor'->>'personId')::uuid, item.v->'actor'->>'displayName', item.v->'actor'->>'door',
        (item.v->>'centreId')::uuid, action, 'instance', item.v->'instance'->>'sopInstanceUid',
        jsonb_build_object('study', item.v->'study'->>'studyInstanceUid')
      );
    END IF;
    RETURN NEXT;
  END LOOP;
END
$$;

-- A person name for matching; foldName in lib/store/query-match.ts does the same to a query's key.
ALTER TABLE "Study" ADD COLUMN "patientNameFolded" TEXT NOT NULL DEFAULT '';
CREATE FUNCTION consilium_fold_name(name text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
  SELECT regexp_replace(regexp_replace(replace(lower(regexp_replace(normalize(name, NFD),
    '[\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u065f\u0670\u3099\u309a]',
    '', 'g')), 'ς', 'σ'), '[\^ ]+(?==|$)', '', 'g'), '=+$', '')
$$;
CREATE FUNCTION consilium_study_names() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW."patientNameFolded" := consilium_fold_name(NEW."patientName");
  RETURN NEW;
END
$$;
CREATE TRIGGER study_names BEFORE INSERT OR UPDATE OF "patientName" ON "Study"
  FOR EACH ROW EXECUTE FUNCTION consilium_study_names();
UPDATE "Study" SET "patientNameFolded" = consilium_fold_name("patientName");

-- What queries of DICOMweb and DIMSE search by.
CREATE INDEX "Study_patientId_idx" ON "Study"("patientId");
CREATE INDEX "Study_accessionNumber_idx" ON "Study"("accessionNumber");
CREATE INDEX "Study_patientNameFolded_idx" ON "Study"("patientNameFolded" text_pattern_ops);
CREATE INDEX "Study_studyDate_idx" ON "Study"("studyDate");
CREATE INDEX "Study_createdAt_id_idx" ON "Study"("createdAt", "id");
