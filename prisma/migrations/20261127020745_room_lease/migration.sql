-- CreateTable
CREATE TABLE "RoomLease" (
    "sessionId" UUID NOT NULL,
    "epoch" INTEGER NOT NULL,
    "holder" UUID NOT NULL,
    "until" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "RoomLease_pkey" PRIMARY KEY ("sessionId")
);

-- AddForeignKey
ALTER TABLE "RoomLease" ADD CONSTRAINT "RoomLease_sessionId_fkey" FOREIGN KEY ("sessionId") REFERENCES "BoardSession"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
