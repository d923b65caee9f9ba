package dev.allclear.model;

import java.util.List;

/** A cause that joins the findings of several checks, in one sentence, and the codes it rests on. */
public record Diagnosis(String cause, List<FindingCode> findings) {
    public Diagnosis {
        findings = List.copyOf(findings);
    }
}
