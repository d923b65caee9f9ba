package dev.allclear.model;

import io.vertx.core.Vertx;

/** Breaks an architecture rule on purpose. */
public final class ModelWithVertx {
    Vertx vertx = Vertx.vertx();
}
