package dev.allclear.aggregator.ledger;

import dev.allclear.model.Verdict;
import java.util.Optional;

/** What came of one event: the ledger to keep, and the verdict to announce where there is something new to say. */
public record Step(RunLedger ledger, Optional<Verdict> verdict) {}
