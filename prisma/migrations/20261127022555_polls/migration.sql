-- CreateTable
CREATE TABLE "Poll" (
    "id" UUID NOT NULL,
    "agendaItemId" UUID NOT NULL,
    "question" TEXT NOT NULL,
    "options" TEXT[],
    "hidden" BOOLEAN NOT NULL,
    "askedById" UUID NOT NULL,
    "askedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "closedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Poll_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "PollVote" (
    "pollId" UUID NOT NULL,
    "personId" UUID NOT NULL,
    "option" INTEGER NOT NULL,
    "specialty" TEXT,
    "votedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "PollVote_pkey" PRIMARY KEY ("pollId","personId")
);

-- CreateIndex
CREATE INDEX "Poll_agendaItemId_idx" ON "Poll"("agendaItemId");

-- AddForeignKey
ALTER TABLE "Poll" ADD CONSTRAINT "Poll_agendaItemId_fkey" FOREIGN KEY ("agendaItemId") REFERENCES "AgendaItem"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "PollVote" ADD CONSTRAINT "PollVote_pollId_fkey" FOREIGN KEY ("pollId") REFERENCES "Poll"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
