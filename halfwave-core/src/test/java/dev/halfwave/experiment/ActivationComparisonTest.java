package dev.halfwave.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.halfwave.activation.Activation;
import dev.halfwave.activation.Relu;
import dev.halfwave.activation.Tanh;
import dev.halfwave.activation.ThresholdedRelu;
import dev.halfwave.data.Splits;
import dev.halfwave.data.Strokes;
import dev.halfwave.experiment.Difference.Verdict;
import dev.halfwave.kernel.WorkerPool;
import dev.halfwave.nn.Networks;
import dev.halfwave.train.Constant;
import dev.halfwave.train.Optimizers;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ActivationComparisonTest {
    private static final Splits DATA = new Splits(Strokes.train(250, 0), Strokes.test(100, 0));

    /** Never passes anything on: whoever uses it guesses. */
    private static final Activation SILENT = new ThresholdedRelu(1e6);

    private static ComparisonPlan plan(List<Activation> activations, List<Double> rates) {
        return new ComparisonPlan(activations, rates, 1, 0.2, 3, 1, 3, 20, Optimizers.of("adam"), new Constant());
    }

    private static Comparison run(ComparisonPlan plan, ComparisonListener listener) {
        return new ActivationComparison(
                        plan,
                        f -> Networks.of(
                                "mlp",
                                DATA.train().sampleShape(),
                                DATA.train().classes().size(),
                                f),
                        DATA,
                        WorkerPool.shared(),
                        listener)
                .run();
    }

    @Test
    void anActivationCannotBeToldFromItselfAndIsFromOneThatSaysNothing() {
        Comparison comparison =
                run(plan(List.of(new Relu(), new Relu(), SILENT), List.of(0.001, 0.003)), new ComparisonListener() {});

        Contestant first = comparison.baseline();
        Contestant again = comparison.contestants().get(1);
        assertThat(again.accuracy()).isEqualTo(first.accuracy());
        assertThat(again.tuning()).isEqualTo(first.tuning());
        assertThat(again.epochsTo(0.5)).isEqualTo(first.epochsTo(0.5));
        assertThat(comparison.differences())
                .extracting(Difference::verdict)
                .containsExactly(Verdict.CANNOT_TELL, Verdict.WORSE);
        assertThat(comparison.differences().get(0).estimate().mean()).isZero();
        assertThat(comparison.contestants().get(2).accuracy().mean()).isCloseTo(0.1, within(0.05));
        assertThat(comparison.contestants().get(2).reached(0.3)).isZero();
        assertThat(comparison.contestants().get(2).epochsTo(0.3)).isEmpty();
        assertThat(comparison.contestants().get(2).epochsSaved(first, 0.3)).isEmpty();
    }

    @Test
    void everyRunHasItsSeedItsEpochsAndItsCourse() {
        List<String> seen = new ArrayList<>();
        Comparison comparison =
                run(plan(List.of(new Relu(), new Tanh()), List.of(0.001, 0.003)), new ComparisonListener() {
                    @Override
                    public void tried(Activation activation, Trial trial, int done, int of) {
                        seen.add("try " + activation.name() + " " + trial.rate() + " " + done + "/" + of);
                    }

                    @Override
                    public void ran(Activation activation, Run run, int done, int of) {
                        seen.add(activation.name() + " " + run.seed() + " " + done + "/" + of);
                    }
                });

        assertThat(seen)
                .containsExactly(
                        "try relu 0.001 1/4",
                        "try relu 0.003 2/4",
                        "try tanh 0.001 3/4",
                        "try tanh 0.003 4/4",
                        "relu 1 1/6",
                        "tanh 1 2/6",
                        "tanh 2 3/6",
                        "relu 2 4/6",
                        "relu 3 5/6",
                        "tanh 3 6/6");
        for (Contestant contestant : comparison.contestants()) {
            assertThat(contestant.runs()).extracting(Run::seed).containsExactly(1L, 2L, 3L);
            for (Run run : contestant.runs()) {
                assertThat(run.epochs()).hasSize(3);
                assertThat(run.course()).hasSize(30); // 200 images in batches of 20 are 10 steps an epoch
                assertThat(run.course().get(29).epochs()).isEqualTo(3);
                assertThat(run.course()).extracting(Waypoint::seconds).isSorted();
                assertThat(run.course().get(29).error())
                        .isLessThan(run.course().get(0).error());
                assertThat(run.secondsPerEpoch()).isPositive();
                double total =
                        run.epochs().stream().mapToDouble(TrainedEpoch::seconds).sum();
                assertThat(run.course().get(29).seconds()).isCloseTo(total, within(1e-9));
            }
        }
        Ratio speed =
                comparison.baseline().faster(comparison.contestants().get(1)).orElseThrow();
        assertThat(speed.mean()).isBetween(speed.low(), speed.high());
        assertThat(speed.pairs()).isEqualTo(3);
    }

    @Test
    void theSamePlanGivesTheSameAccuracies() {
        ComparisonPlan plan = plan(List.of(new Tanh()), List.of(0.003));
        List<Double> once = errors(run(plan, new ComparisonListener() {}));
        assertThat(errors(run(plan, new ComparisonListener() {}))).isEqualTo(once);
        assertThat(once).hasSize(3 * 33);
    }

    private static List<Double> errors(Comparison comparison) {
        return comparison.baseline().runs().stream()
                .flatMap(run -> Stream.concat(
                        run.epochs().stream().map(TrainedEpoch::testError),
                        run.course().stream().map(Waypoint::error)))
                .toList();
    }

    @Test
    void aRateThatDivergesIsOutAndARunThatDivergesCountsAsGuessing() {
        ComparisonPlan some = new ComparisonPlan(
                List.of(new Relu()), List.of(0.01, 1e30), 1, 0.2, 2, 1, 1, 20, Optimizers.of("sgd"), new Constant());
        Contestant lucky = run(some, new ComparisonListener() {}).baseline();
        assertThat(lucky.tuning().trials()).extracting(Trial::diverged).containsExactly(false, true);
        assertThat(lucky.tuning().best().orElseThrow().rate()).isEqualTo(0.01);
        assertThat(lucky.tuning().atTheEdge()).isTrue();
        assertThat(lucky.diverged()).isZero();

        ComparisonPlan none = new ComparisonPlan(
                List.of(new Relu()), List.of(1e30), 1, 0.2, 2, 1, 1, 20, Optimizers.of("sgd"), new Constant());
        Contestant lost = run(none, new ComparisonListener() {}).baseline();
        assertThat(lost.diverged()).isEqualTo(2);
        assertThat(lost.tuning().best()).isEmpty();
        assertThat(lost.accuracy().mean()).isEqualTo(0.1);
        assertThat(lost.secondsPerEpoch()).isEmpty();
        assertThat(lost.runs().get(0).divergence()).contains("training diverged at every rate that was tried");
    }

    @Test
    void differencesAreNeverFinerThanTheTestImages() {
        Comparison comparison = new Comparison(
                plan(List.of(new Relu(), new Tanh()), List.of(0.01)),
                List.of(withErrors(new Relu(), 0.3, 0.2), withErrors(new Tanh(), 0.2, 0.1)),
                10);
        Difference difference = comparison.differences().get(0);
        assertThat(difference.estimate().mean()).isCloseTo(0.1, within(1e-12));
        assertThat(difference.verdict()).isEqualTo(Verdict.CANNOT_TELL);
    }

    private static Contestant withErrors(Activation f, double... errors) {
        List<Run> runs = new ArrayList<>();
        for (double error : errors) {
            runs.add(new Run(
                    runs.size(),
                    List.of(new TrainedEpoch(error, 1, 4), new TrainedEpoch(error, 1, 2)),
                    List.of(new Waypoint(0.5, 2, 2 * error), new Waypoint(1, 4, error)),
                    Optional.empty()));
        }
        return new Contestant(f, new Tuning(List.of(new Trial(0.01, 0.1, 0.5))), runs, 10);
    }

    @Test
    void timesAreTakenFromTheSameSeeds() {
        Contestant quick = withErrors(new Relu(), 0.05, 0.05);
        Contestant slow = withErrors(new Tanh(), 0.1, 0.2);
        assertThat(quick.epochsTo(0.1)).contains(new Estimate(0.5, 0, 2));
        assertThat(slow.reached(0.1)).isEqualTo(1);
        assertThat(quick.epochsSaved(slow, 0.1).orElseThrow().pairs()).isEqualTo(1);
        assertThat(quick.secondsSaved(slow, 0.1).orElseThrow().mean()).isCloseTo(2, within(1e-12));
        assertThat(quick.runs().get(0).secondsPerEpoch()).isEqualTo(3);
    }

    @Test
    void refusesWhatCannotBeCompared() {
        assertThatThrownBy(() -> plan(List.of(), List.of(0.1)))
                .hasMessage("comparison: expected 1 activation or more, received none");
        assertThatThrownBy(() -> plan(List.of(new Relu()), List.of(0.1, 0.1)))
                .hasMessage("rates: expected learning rates above 0 and rising, received [0.1, 0.1]");
        assertThatThrownBy(() -> plan(List.of(new Relu()), List.of()))
                .hasMessage("rates: expected 1 learning rate or more, received none");
        assertThatThrownBy(() -> new ComparisonPlan(
                        List.of(new Relu()), List.of(0.1), 1, 0, 1, 1, 1, 1, Optimizers.of("sgd"), new Constant()))
                .hasMessage("validation: expected a fraction between 0 and 1, both excluded, received 0.0;"
                        + " without it learning rates would be tuned on test data");
        assertThatThrownBy(() -> new ComparisonPlan(
                        List.of(new Relu()), List.of(0.1), 1, 0.1, 0, 1, 1, 1, Optimizers.of("sgd"), new Constant()))
                .hasMessage("seeds: expected 1 or more, received 0");
    }
}
