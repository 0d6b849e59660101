-- AlterTable
ALTER TABLE "DecisionBookmark" ADD COLUMN     "annotations" JSONB NOT NULL DEFAULT '[]';

-- CreateTable
CREATE TABLE "RecordMarkWords" (
    "sessionId" UUID NOT NULL,
    "seq" INTEGER NOT NULL,
    "words" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "RecordMarkWords_pkey" PRIMARY KEY ("sessionId","seq")
);

-- CreateIndex
CREATE INDEX "RecordMarkWords_at_idx" ON "RecordMarkWords"("at");

-- AddForeignKey
ALTER TABLE "RecordMarkWords" ADD CONSTRAINT "RecordMarkWords_sessionId_fkey" FOREIGN KEY ("sessionId") REFERENCES "BoardSession"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- The words of marks that are in events already go where the record's term deletes them. This is the one deliberate
-- change of the append-only lane (docs/decisions/0048): all or nothing, with its trigger in place before and after.
DO $$
BEGIN
  ALTER TABLE "RoomEvent" DISABLE TRIGGER append_only;
  INSERT INTO "RecordMarkWords" ("sessionId", "seq", "words", "at")
    SELECT "sessionId", "seq", "payload"->>'text', "at" FROM "RoomEvent"
    WHERE "type" = 'record.mark' AND coalesce("payload"->>'text', '') <> '';
  UPDATE "RoomEvent" SET "payload" = "payload" - 'text' WHERE "type" = 'record.mark';
  ALTER TABLE "RoomEvent" ENABLE TRIGGER append_only;
END
$$;
