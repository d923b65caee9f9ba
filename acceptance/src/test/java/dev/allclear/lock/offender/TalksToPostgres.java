package dev.allclear.lock.offender;

import io.vertx.pgclient.PgConnectOptions;

/** Breaks an architecture rule on purpose. */
public final class TalksToPostgres {
    PgConnectOptions options = new PgConnectOptions();
}
