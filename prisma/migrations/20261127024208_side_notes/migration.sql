-- CreateTable
CREATE TABLE "SideNote" (
    "agendaItemId" UUID NOT NULL,
    "personId" UUID NOT NULL,
    "shared" BOOLEAN NOT NULL,
    "text" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "SideNote_pkey" PRIMARY KEY ("agendaItemId","personId","shared")
);

-- AddForeignKey
ALTER TABLE "SideNote" ADD CONSTRAINT "SideNote_agendaItemId_fkey" FOREIGN KEY ("agendaItemId") REFERENCES "AgendaItem"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
