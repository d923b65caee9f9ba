package dev.allclear.lock.offender;

import org.apache.kafka.common.TopicPartition;

/** Breaks an architecture rule on purpose. */
public final class TalksToKafka {
    TopicPartition partition = new TopicPartition("allclear.results", 0);
}
