package dev.allclear.lock.offender;

import io.vertx.core.Vertx;

/** Breaks an architecture rule on purpose. */
public final class ImpureTimeline {
    Vertx vertx = Vertx.vertx();
}
