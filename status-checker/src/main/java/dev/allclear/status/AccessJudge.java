package dev.allclear.status;

import dev.allclear.model.Finding;
import dev.allclear.status.AccessChange.Right;
import dev.allclear.status.catalog.Grant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Who may no longer do what he could do before. What was lost because the object was replaced is an error, since nobody meant it;
 * a right that was revoked may have been meant, and one that its role still has in another way does no harm.
 */
final class AccessJudge {
    private AccessJudge() {}

    static List<Finding> judge(Aftermath aftermath) {
        List<Finding> findings = new ArrayList<>();
        for (AccessChange change : aftermath.access()) {
            Set<Grant> gone = new HashSet<>();
            Set<Grant> kept = new HashSet<>();
            for (Grant grant : change.lost()) {
                Right right = new Right(change.now().sort(), change.now().oid(), grant);
                if (!aftermath.pointless().contains(right)) {
                    (aftermath.held().contains(right) ? kept : gone).add(grant);
                }
            }
            if (!gone.isEmpty()) {
                findings.add(AccessFindings.grantLost(change, gone));
            }
            if (!kept.isEmpty()) {
                findings.add(AccessFindings.grantHeldAnotherWay(change, kept));
            }
            if (change.hasOtherOwner()) {
                Right former = change.rightOfFormerOwner();
                if (!aftermath.pointless().contains(former)) {
                    findings.add(AccessFindings.ownerChanged(
                            change, !aftermath.held().contains(former)));
                }
            }
        }
        return findings;
    }
}
