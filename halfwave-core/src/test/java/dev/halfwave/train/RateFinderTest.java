package dev.halfwave.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import dev.halfwave.kernel.WorkerPool;
import dev.halfwave.nn.Model;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RateFinderTest {
    private static final TrainingPlan PLAN =
            new TrainingPlan(9, 4, 0.5, 3, new SoftmaxLoss(), Optimizers.of("sgd"), Schedules.of("one-cycle"));

    @Test
    void theRateRisesByTheSameFactorAndTheModelStaysAsItIs() {
        Model model = PlanParts.model();
        String before = PlanParts.sha256(model);
        List<Integer> told = new ArrayList<>();
        RateSweep sweep = new RateFinder(1e-4, 1e-2).sweep(model, PLAN, PlanParts.DATA, WorkerPool.shared(), told::add);
        assertThat(PlanParts.sha256(model)).isEqualTo(before);
        assertThat(sweep.diverged()).isFalse();
        assertThat(sweep.points()).hasSize(25);
        assertThat(told).hasSize(25).endsWith(25);
        for (int i = 0; i < 25; i++) {
            assertThat(sweep.points().get(i).rate()).isCloseTo(1e-4 * Math.pow(100, i / 25.0), offset(1e-12));
        }
    }

    @Test
    void theSameBitsEveryTimeOnAnyNumberOfThreads() {
        RateSweep one = sweep(1);
        assertThat(sweep(1)).isEqualTo(one);
        assertThat(sweep(3)).isEqualTo(one);
    }

    private static RateSweep sweep(int threads) {
        try (WorkerPool pool = new WorkerPool(threads)) {
            return new RateFinder().sweep(PlanParts.model(), PLAN, PlanParts.DATA, pool, batch -> {});
        }
    }

    @Test
    void itEndsWhereTheLossExplodes() {
        RateSweep sweep = new RateFinder(1e-4, 1e9)
                .sweep(PlanParts.plain(), PLAN, PlanParts.DATA, WorkerPool.shared(), batch -> {});
        assertThat(sweep.diverged()).isTrue();
        assertThat(sweep.points()).hasSizeBetween(3, 24);
    }

    @Test
    void theSteepestFallIsBeforeTheLowestLoss() {
        List<Double> rates = new ArrayList<>();
        List<Double> losses = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            rates.add(Math.pow(10, i / 20.0 - 5));
            losses.add(i < 40 ? 2 : i < 60 ? 2 - 0.05 * (i - 40) : i < 80 ? 1.0 : 1 + 0.5 * (i - 80));
        }
        RateSweep sweep = RateSweep.of(rates, losses, 25, false); // no smoothing
        assertThat(sweep.points()).extracting(RateSweep.Point::smoothed).isEqualTo(losses);
        assertThat(sweep.steepest().orElseThrow().rate()).isBetween(rates.get(40), rates.get(60));
        assertThat(sweep.lowest().orElseThrow().rate()).isEqualTo(rates.get(60));
        assertThat(RateSweep.of(rates, losses.stream().map(loss -> 2.0).toList(), 25, false)
                        .steepest())
                .isEmpty();
    }

    @Test
    void smoothingIsAnExponentialMeanWithoutABias() {
        RateSweep sweep = RateSweep.of(List.of(1.0, 2.0, 3.0), List.of(1.0, 2.0, 4.0), 50, false); // k = 1/2
        assertThat(sweep.points().get(0).smoothed()).isEqualTo(1);
        assertThat(sweep.points().get(1).smoothed()).isCloseTo(5.0 / 3, offset(1e-12));
        assertThat(sweep.points().get(2).smoothed()).isCloseTo(21.0 / 7, offset(1e-12));
    }

    @Test
    void ratesThatDoNotRiseAreRefused() {
        assertThatThrownBy(() -> new RateFinder(1, 1))
                .hasMessage("rate finder: expected a first rate above 0 and a larger last one, received 1.0 and 1.0");
    }
}
