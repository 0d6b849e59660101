-- CreateTable
CREATE TABLE "KeyView" (
    "id" UUID NOT NULL,
    "caseId" UUID NOT NULL,
    "title" TEXT NOT NULL,
    "note" TEXT NOT NULL DEFAULT '',
    "view" JSONB NOT NULL,
    "viewVersion" INTEGER NOT NULL,
    "authorId" UUID NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "changedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "deletedAt" TIMESTAMPTZ(3),

    CONSTRAINT "KeyView_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "KeptView" (
    "caseId" UUID NOT NULL,
    "personId" UUID NOT NULL,
    "view" JSONB NOT NULL,
    "viewVersion" INTEGER NOT NULL,
    "savedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "KeptView_pkey" PRIMARY KEY ("caseId","personId")
);

-- CreateIndex
CREATE INDEX "KeyView_caseId_createdAt_idx" ON "KeyView"("caseId", "createdAt");

-- CreateIndex
CREATE INDEX "KeyView_authorId_idx" ON "KeyView"("authorId");

-- CreateIndex
CREATE INDEX "KeptView_personId_idx" ON "KeptView"("personId");

-- AddForeignKey
ALTER TABLE "KeyView" ADD CONSTRAINT "KeyView_caseId_fkey" FOREIGN KEY ("caseId") REFERENCES "Case"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "KeyView" ADD CONSTRAINT "KeyView_authorId_fkey" FOREIGN KEY ("authorId") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "KeptView" ADD CONSTRAINT "KeptView_caseId_fkey" FOREIGN KEY ("caseId") REFERENCES "Case"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "KeptView" ADD CONSTRAINT "KeptView_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
