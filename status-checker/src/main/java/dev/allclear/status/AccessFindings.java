package dev.allclear.status;

import dev.allclear.model.Finding;
import dev.allclear.model.FindingCode;
import dev.allclear.model.Severity;
import dev.allclear.status.catalog.Belonging;
import dev.allclear.status.catalog.CatalogObject;
import dev.allclear.status.catalog.Grant;
import java.util.Set;

/** What the status check says of lost grants, other owners and changed row security, with the SQL that restores them. */
final class AccessFindings {
    static final FindingCode GRANT_LOST = new FindingCode("status.grant-lost");
    static final FindingCode OWNER_CHANGED = new FindingCode("status.owner-changed");
    static final FindingCode ROW_SECURITY_CHANGED = new FindingCode("status.row-security-changed");

    private AccessFindings() {}

    static Finding grantLost(AccessChange change, Set<Grant> lost) {
        Belonging now = change.now();
        return Finding.of(
                        GRANT_LOST,
                        change.isReplaced() ? Severity.ERROR : Severity.WARNING,
                        now.object().name(),
                        now.object().name() + " lost " + Grant.list(lost)
                                + (change.isReplaced()
                                        ? ": this run put another object in its place, without these grants"
                                        : ", revoked during this run"))
                .withRemedy(Grant.statements(lost, now.sort() + " " + now.sql()));
    }

    static Finding grantHeldAnotherWay(AccessChange change, Set<Grant> lost) {
        Belonging now = change.now();
        return Finding.of(
                        GRANT_LOST,
                        Severity.INFO,
                        now.object().name(),
                        now.object().name() + " lost " + Grant.list(lost)
                                + "; the right is still there in another way (another role's, PUBLIC's, a superuser's)")
                .withRemedy(Grant.statements(lost, now.sort() + " " + now.sql()));
    }

    /** @param shutOut the former owner may not even read or use it any more */
    static Finding ownerChanged(AccessChange change, boolean shutOut) {
        Belonging now = change.now();
        Severity severity = change.isReplaced() && shutOut
                ? Severity.ERROR
                : change.isReplaced() || shutOut ? Severity.WARNING : Severity.INFO;
        String former = change.old().owner();
        return Finding.of(
                        OWNER_CHANGED,
                        severity,
                        now.object().name(),
                        now.object().name() + " belongs to " + now.owner() + ", and belonged to " + former
                                + " before this run"
                                + (change.isReplaced() ? ", which put another object in its place" : "")
                                + (shutOut
                                        ? "; " + former + " no longer has "
                                                + now.firstRightOfOwner(former).privilege() + " on it"
                                        : ""))
                .withRemedy("ALTER " + now.alterable() + " " + now.sql() + " OWNER TO " + former + ";");
    }

    static Finding rowSecurity(Severity severity, CatalogObject table, String what, String clause) {
        return Finding.of(ROW_SECURITY_CHANGED, severity, table.name(), table.name() + ": " + what)
                .withRemedy("ALTER TABLE " + table.trait("sql").orElse(table.name()) + " " + clause
                        + " ROW LEVEL SECURITY;");
    }

    static Finding ownersView(CatalogObject view, String what) {
        return Finding.of(
                        ROW_SECURITY_CHANGED,
                        Severity.ERROR,
                        view.name(),
                        view.name() + " " + what + ": it shows to all the rows that its owner sees")
                .withRemedy("ALTER VIEW " + view.trait("sql").orElse(view.name()) + " SET (security_invoker = true);");
    }

    /** What the policy let through is not known, only that it was something: the catalog's expression is never read. */
    static Finding policy(Severity severity, CatalogObject policy, String what) {
        String remedy = "CREATE POLICY " + policy.trait("sql").orElse(policy.name())
                + (policy.is("permissive") ? "" : " AS RESTRICTIVE")
                + " FOR " + policy.trait("for").orElse("ALL")
                + " TO " + policy.trait("to").orElse("PUBLIC")
                + (policy.is("using") ? " USING (…)" : "")
                + (policy.is("checks") ? " WITH CHECK (…)" : "")
                + ";  -- its conditions stand in the migration that made it";
        return Finding.of(ROW_SECURITY_CHANGED, severity, policy.name(), "policy " + policy.name() + " " + what)
                .withRemedy(remedy);
    }

    static Finding policyAdded(CatalogObject policy) {
        return Finding.of(
                        ROW_SECURITY_CHANGED,
                        Severity.INFO,
                        policy.name(),
                        "policy " + policy.name() + " is there since this run"
                                + (policy.is("permissive")
                                        ? ": it shows rows that were hidden"
                                        : ": it hides rows that were visible"))
                .withRemedy("DROP POLICY " + policy.trait("sql").orElse(policy.name()) + ";");
    }
}
