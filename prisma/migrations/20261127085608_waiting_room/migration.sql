-- CreateTable
CREATE TABLE "SessionWaiting" (
    "sessionId" UUID NOT NULL,
    "personId" UUID NOT NULL,
    "since" TIMESTAMPTZ(3) NOT NULL,
    "seenAt" TIMESTAMPTZ(3) NOT NULL,
    "declinedAt" TIMESTAMPTZ(3),

    CONSTRAINT "SessionWaiting_pkey" PRIMARY KEY ("sessionId","personId")
);

-- CreateIndex
CREATE INDEX "SessionWaiting_personId_idx" ON "SessionWaiting"("personId");

-- AddForeignKey
ALTER TABLE "SessionWaiting" ADD CONSTRAINT "SessionWaiting_sessionId_fkey" FOREIGN KEY ("sessionId") REFERENCES "BoardSession"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "SessionWaiting" ADD CONSTRAINT "SessionWaiting_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
