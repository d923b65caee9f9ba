package dev.allclear.aggregator.diagnosis;

import dev.allclear.model.Diagnosis;
import java.util.List;

/**
 * One way in which findings of several checks explain one another. States a cause only when each half of it was found by a check and both
 * name the same object. Pure.
 */
interface CauseRule {
    /** Its page is {@code docs/causes/NAME.md}. */
    String name();

    /** The causes that these findings support, each with the codes it rests on. */
    List<Diagnosis> causes(Findings findings);
}
