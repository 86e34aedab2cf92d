package dev.halfwave.claims;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ClaimsTest {
    /** What depends on a clock is run, but not judged. */
    private static final List<String> TIMED = List.of("cost");

    /** What trains for seconds is run once; that training repeats itself to the bit is held elsewhere. */
    private static final List<String> LONG = List.of(
            "revival-recovers",
            "depth-trains",
            "relu-faster-than-tanh",
            "svm-readout",
            "norm-place",
            "dropout-place",
            "prelu-slopes",
            "identity-remembers");

    static List<String> ids() {
        return Claims.ids();
    }

    @ParameterizedTest
    @MethodSource("ids")
    void comesToTheVerdictItDocuments(String id) {
        Claim claim = Claims.of(id);
        Finding finding = claim.run(true);

        assertThat(finding.measured()).doesNotContain("NaN", "Infinity").containsPattern("[0-9]");
        if (!TIMED.contains(id)) {
            assertThat(finding.verdict()).as(finding.measured()).isEqualTo(claim.expected());
        }
        assertThat(finding.plot().across()).isNotBlank();
        assertThat(finding.plot().up()).as("fits beside the axis").isNotBlank().hasSizeLessThan(40);
        assertThat(finding.plot().curves())
                .isNotEmpty()
                .allSatisfy(curve -> assertThat(curve.ys()).allMatch(Double::isFinite));
        assertThat(finding.heats())
                .allSatisfy(heat -> assertThat(heat.values())
                        .allSatisfy(row -> assertThat(row).allMatch(Double::isFinite)));
    }

    @ParameterizedTest
    @MethodSource("ids")
    void saysTheSameEveryTime(String id) {
        if (TIMED.contains(id) || LONG.contains(id)) {
            return;
        }
        assertThat(Claims.of(id).run(true)).isEqualTo(Claims.of(id).run(true));
    }

    @Test
    void everyClaimHasAnIdOfItsOwnATextAndASource() {
        assertThat(Claims.ids()).doesNotHaveDuplicates().allMatch(id -> id.matches("[a-z0-9]+(-[a-z0-9]+)*"));
        assertThat(Claims.all()).extracting(Claim::text).doesNotHaveDuplicates().allMatch(text -> text.endsWith("."));
        assertThat(Claims.all()).extracting(Claim::source).noneMatch(String::isBlank);
    }

    @Test
    void suggestsTheNearestId() {
        assertThatThrownBy(() -> Claims.of("linear-colapse"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("unknown claim \"linear-colapse\": did you mean \"linear-collapse\"?");
    }

    @Test
    void aConditionIsMetOrNot() {
        assertThat(Verdict.of(true, true)).isEqualTo(Verdict.HOLDS);
        assertThat(Verdict.of(true, false)).isEqualTo(Verdict.HOLDS_ONLY_IF).hasToString("holds only if");
        assertThat(Verdict.of(false, false)).isEqualTo(Verdict.FALSE);
    }

    @Test
    void aPlotHasAValuePerPlace() {
        Plot plot = Plot.counting("n", 0, 2, "y");
        assertThat(plot.with("square", x -> x * x).curves().get(0).ys()).containsExactly(0.0, 1.0, 4.0);
        assertThatThrownBy(() -> plot.with("short", 1, 2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("plot: expected 3 values of short, received 2");
    }

    @Test
    void aHeatHasAValuePerPair() {
        List<String> two = List.of("a", "b");
        Heat heat = new Heat("x", "y", "z", -1, 1, two, List.of("only"), List.of(List.of(0.5, -0.5)));
        assertThat(heat.diverges()).isTrue();
        assertThatThrownBy(() -> new Heat("x", "y", "z", 0, 1, two, two, List.of(List.of(1.0, 2.0), List.of(3.0))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("heat: expected 2 rows of 2 values, received rows of [2, 1]");
    }
}
