package dev.allclear.latency;

import dev.allclear.model.FindingCode;

/**
 * Why the statements of production could not be read.
 *
 * @param code of the finding that says so
 * @param remedy SQL to paste, empty when there is none
 */
record TrafficGap(FindingCode code, String reason, String remedy) {}
