package dev.allclear.lock.offender;

import dev.allclear.embedded.EmbeddedBroker;
import dev.allclear.testkit.ReportAssert;
import kafka.server.KafkaRaftServer;

/** Breaks an architecture rule on purpose. */
public final class ShipsTestTools {
    void use(EmbeddedBroker broker, ReportAssert assertion, KafkaRaftServer server) {}
}
