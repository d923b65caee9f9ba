package dev.allclear.service;

import dev.allclear.config.AllclearConfig;
import dev.allclear.postgres.Databases;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Vertx;
import java.time.Clock;

/** What a checker is built of. Whoever made the parts closes them. */
public record Parts(Vertx vertx, Clock clock, AllclearConfig config, Databases databases, MeterRegistry meters) {}
