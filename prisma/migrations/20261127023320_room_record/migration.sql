-- AlterTable
ALTER TABLE "Centre" ADD COLUMN     "recordRetentionDays" INTEGER NOT NULL DEFAULT 90;

-- CreateTable
CREATE TABLE "RecordBlock" (
    "id" UUID NOT NULL,
    "sessionId" UUID NOT NULL,
    "spanId" UUID NOT NULL,
    "fromAt" TIMESTAMPTZ(3) NOT NULL,
    "untilAt" TIMESTAMPTZ(3) NOT NULL,
    "data" BYTEA NOT NULL,

    CONSTRAINT "RecordBlock_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "DecisionBookmark" (
    "id" UUID NOT NULL,
    "decisionId" UUID NOT NULL,
    "field" TEXT NOT NULL,
    "view" JSONB NOT NULL,
    "viewVersion" INTEGER NOT NULL,
    "viewSeq" INTEGER NOT NULL,
    "personId" UUID NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "DecisionBookmark_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "RecordBlock_sessionId_fromAt_idx" ON "RecordBlock"("sessionId", "fromAt");

-- CreateIndex
CREATE INDEX "RecordBlock_untilAt_idx" ON "RecordBlock"("untilAt");

-- CreateIndex
CREATE INDEX "DecisionBookmark_decisionId_idx" ON "DecisionBookmark"("decisionId");

-- AddForeignKey
ALTER TABLE "RecordBlock" ADD CONSTRAINT "RecordBlock_sessionId_fkey" FOREIGN KEY ("sessionId") REFERENCES "BoardSession"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "DecisionBookmark" ADD CONSTRAINT "DecisionBookmark_decisionId_fkey" FOREIGN KEY ("decisionId") REFERENCES "Decision"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "DecisionBookmark" ADD CONSTRAINT "DecisionBookmark_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
