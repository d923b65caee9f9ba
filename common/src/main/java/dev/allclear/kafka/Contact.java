package dev.allclear.kafka;

import java.time.Duration;
import java.util.Map;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;

/**
 * When the broker was last heard. A poll without a broker returns as happily as one without news; bytes that came in are proof, and
 * heartbeats bring some every few seconds on an idle topic too. Written by the polling thread, read by any.
 */
final class Contact {
    private static final Duration NEVER = Duration.ofDays(365);

    private double bytes = -1;
    private volatile long heardNanos;
    private volatile boolean heard;

    /** Looks at a client's metrics; from the polling thread. */
    void look(Map<MetricName, ? extends Metric> metrics) {
        double sum = 0;
        for (Map.Entry<MetricName, ? extends Metric> metric : metrics.entrySet()) {
            if (metric.getKey().name().equals("incoming-byte-total")
                    && metric.getKey().group().equals("consumer-metrics")
                    && metric.getValue().metricValue() instanceof Double value) {
                sum += value;
            }
        }
        if (sum > 0 && sum != bytes) {
            bytes = sum;
            heardNanos = System.nanoTime();
            heard = true;
        }
    }

    Duration ago() {
        return heard ? Duration.ofNanos(System.nanoTime() - heardNanos) : NEVER;
    }
}
