package dev.allclear.aggregator.console.history;

import dev.allclear.event.EventType;
import dev.allclear.model.CheckName;
import java.time.Instant;
import java.util.Optional;

/** Something was heard of a run. */
public record RunChange(RunKey key, EventType type, Optional<CheckName> check, Instant at) {}
