package dev.allclear.status;

import dev.allclear.model.Finding;
import dev.allclear.model.Severity;
import dev.allclear.status.catalog.Catalog;
import dev.allclear.status.catalog.CatalogObject;
import dev.allclear.status.catalog.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Whether rows are shown that were hidden before (an error: nobody notices by himself), or hidden that were shown (a warning, or an
 * error when nothing is left to show them). Policies of a table whose row security is off do nothing.
 */
final class RowSecurityJudge {
    private final Catalog before;
    private final Catalog after;
    private final List<Finding> findings = new ArrayList<>();

    private RowSecurityJudge(Catalog before, Catalog after) {
        this.before = before;
        this.after = after;
    }

    static List<Finding> judge(Catalog before, Catalog after) {
        RowSecurityJudge judge = new RowSecurityJudge(before, after);
        for (CatalogObject table : after.all(Kind.TABLE)) {
            before.find(Kind.TABLE, table.name()).ifPresent(old -> judge.table(old, table));
        }
        after.all(Kind.VIEW).forEach(judge::view);
        return judge.findings;
    }

    /** A view shows what its owner sees, unless it asks for who reads it. */
    private void view(CatalogObject now) {
        if (now.is("invoker")) {
            return;
        }
        before.find(Kind.VIEW, now.name())
                .filter(old -> old.is("invoker"))
                .ifPresent(old -> findings.add(AccessFindings.ownersView(
                        now, "no longer asks row security for who reads it (security_invoker) since this run")));
        before.find(Kind.TABLE, now.name())
                .filter(old -> old.is("guarded"))
                .ifPresent(
                        old -> findings.add(
                                AccessFindings.ownersView(
                                        now,
                                        "is a view since this run, without security_invoker, in the place of a table with row security")));
    }

    private void table(CatalogObject old, CatalogObject now) {
        if (old.is("guarded") && !now.is("guarded")) {
            tell(Severity.ERROR, now, "row security is off since this run: every role sees every row", "ENABLE");
            return;
        }
        if (old.is("forced") && !now.is("forced")) {
            tell(
                    now.is("guarded") ? Severity.ERROR : Severity.INFO,
                    now,
                    "row security no longer holds for its owner since this run",
                    "FORCE");
        }
        if (!old.is("guarded") && now.is("guarded")) {
            boolean open = !permissive(after, now).isEmpty();
            tell(
                    open || !after.knows(Kind.POLICY) ? Severity.INFO : Severity.WARNING,
                    now,
                    "row security is on since this run"
                            + (open ? "" : ", without a permissive policy: only its owner sees rows"),
                    "DISABLE");
        } else if (now.is("guarded") && before.knows(Kind.POLICY)) {
            policies(now);
        }
    }

    private void policies(CatalogObject table) {
        for (CatalogObject old : of(before, table)) {
            Optional<CatalogObject> now = after.find(Kind.POLICY, old.name());
            if (now.isEmpty()) {
                dropped(table, old);
            } else if (!old.traits().equals(now.get().traits())) {
                findings.add(AccessFindings.policy(
                        Severity.WARNING, old, "says something else since this run: other rows are visible"));
            }
        }
        for (CatalogObject now : of(after, table)) {
            if (before.find(Kind.POLICY, now.name()).isEmpty()) {
                findings.add(AccessFindings.policyAdded(now));
            }
        }
    }

    private void dropped(CatalogObject table, CatalogObject policy) {
        boolean last = permissive(after, table).isEmpty();
        findings.add(
                !policy.is("permissive")
                        ? AccessFindings.policy(
                                Severity.ERROR, policy, "is gone since this run: rows that it hid are visible")
                        : last
                                ? AccessFindings.policy(
                                        Severity.ERROR,
                                        policy,
                                        "is gone since this run, and no permissive policy is left: only the owner of "
                                                + table.name() + " sees rows")
                                : AccessFindings.policy(
                                        Severity.WARNING,
                                        policy,
                                        "is gone since this run: rows that it alone let through are hidden"));
    }

    private static List<CatalogObject> permissive(Catalog catalog, CatalogObject table) {
        return of(catalog, table).stream()
                .filter(policy -> policy.is("permissive"))
                .toList();
    }

    private static List<CatalogObject> of(Catalog catalog, CatalogObject table) {
        return catalog.all(Kind.POLICY).stream()
                .filter(policy -> policy.table().equals(table.name()))
                .toList();
    }

    private void tell(Severity severity, CatalogObject table, String what, String clause) {
        findings.add(AccessFindings.rowSecurity(severity, table, what, clause));
    }
}
