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
