package dev.allclear.latency;

import static org.assertj.core.api.Assertions.assertThat;

import dev.allclear.model.Severity;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PlanDiffTest {
    @Test
    void isAnError_whenAChangedPlanCostsTenTimesAsMuch() {
        assertThat(PlanDiff.of(indexScan(78), seqScan(4904)).severity()).contains(Severity.ERROR);
    }

    @Test
    void isAWarning_whenThePlanKeptItsShape() {
        assertThat(PlanDiff.of(seqScan(50), seqScan(900)).severity()).contains(Severity.WARNING);
    }

    @Test
    void isAWarning_fromThreeTimesTheCost() {
        assertThat(PlanDiff.of(indexScan(78), seqScan(300)).severity()).contains(Severity.WARNING);
        assertThat(PlanDiff.of(indexScan(78), seqScan(200)).severity()).isEmpty();
    }

    @Test
    void isNothing_whenBothPlansAreCheap() {
        assertThat(PlanDiff.of(indexScan(0.3), seqScan(9)).severity()).isEmpty();
    }

    @Test
    void blocksAreAnError_onlyWhenTheyAreManyMore() {
        assertThat(new BlockDiff(30, 30).severity()).isEmpty();
        assertThat(new BlockDiff(3, 9).severity()).isEmpty();
        assertThat(new BlockDiff(100, 160).severity()).contains(Severity.WARNING);
        assertThat(new BlockDiff(3, 900).severity()).contains(Severity.WARNING);
        assertThat(new BlockDiff(3, 1003).severity()).contains(Severity.ERROR);
        assertThat(new BlockDiff(5000, 7000).severity()).isEmpty();
    }

    @Test
    void readsNestedPlans() {
        PlanShape plan = PlanShape.of(Map.of(
                "Node Type",
                "Limit",
                "Total Cost",
                61.5,
                "Plans",
                List.of(Map.of(
                        "Node Type",
                        "Sort",
                        "Plans",
                        List.of(Map.of(
                                "Node Type",
                                "Bitmap Heap Scan",
                                "Relation Name",
                                "orders",
                                "Schema",
                                "public",
                                "Filter",
                                "(note = 'secret')",
                                "Plans",
                                List.of(Map.of("Node Type", "Bitmap Index Scan", "Index Name", "orders_idx"))))))));

        assertThat(plan.summary()).isEqualTo("Sort > Bitmap Heap Scan on orders > Bitmap Index Scan using orders_idx");
        assertThat(plan.shape()).startsWith("Limit > Sort").doesNotContain("secret");
        assertThat(plan.cost()).isEqualTo(61.5);
        assertThat(plan.tables()).containsExactly("public.orders");
        assertThat(plan.indexes()).containsExactly("public.orders_idx");
    }

    private static PlanShape indexScan(double cost) {
        return PlanShape.of(Map.of(
                "Node Type", "Index Scan", "Index Name", "i", "Relation Name", "t", "Schema", "s", "Total Cost", cost));
    }

    private static PlanShape seqScan(double cost) {
        return PlanShape.of(Map.of("Node Type", "Seq Scan", "Relation Name", "t", "Schema", "s", "Total Cost", cost));
    }
}
