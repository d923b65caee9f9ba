package dev.allclear.lock;

import java.time.Instant;

/** A transaction between PREPARE TRANSACTION and its COMMIT or ROLLBACK; it survives even a restart of the server. */
record PreparedTransaction(String gid, String owner, Instant at) {}
