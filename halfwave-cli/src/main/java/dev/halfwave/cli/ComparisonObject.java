package dev.halfwave.cli;

import dev.halfwave.experiment.Comparison;
import dev.halfwave.experiment.Contestant;
import dev.halfwave.experiment.Difference;
import dev.halfwave.experiment.Estimate;
import dev.halfwave.experiment.Ratio;
import dev.halfwave.experiment.Run;
import dev.halfwave.experiment.TrainedEpoch;
import dev.halfwave.experiment.Trial;
import dev.halfwave.experiment.Waypoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * A comparison for machines: everything, so that whoever doubts a verdict can compute it again.
 *
 * @param comparison what came out
 * @param setting under which conditions
 * @param target the training error that times are taken to
 */
record ComparisonObject(Comparison comparison, ComparisonSetting setting, double target) {

    /** What is not there; JSON has null for it. */
    private static final Object UNKNOWN = Double.NaN;

    Map<String, Object> object() {
        Map<String, Object> object = setting.object();
        object.put("targetError", target);
        object.put("confidence", Estimate.CONFIDENCE);
        object.put("baseline", comparison.baseline().activation().spec());
        List<Difference> differences = comparison.differences();
        List<Object> activations = new ArrayList<>();
        for (Contestant one : comparison.contestants()) {
            int index = activations.size();
            activations.add(object(one, index == 0 ? null : differences.get(index - 1)));
        }
        object.put("activations", activations);
        object.put("verdicts", new ComparisonTexts(comparison, target).verdicts());
        return object;
    }

    private Map<String, Object> object(Contestant one, @Nullable Difference difference) {
        Map<String, Object> object = Json.object(
                "name", ComparisonTexts.title(one),
                "rate", one.tuning().best().<Object>map(Trial::rate).orElse(UNKNOWN),
                "rateAtTheEdge", one.tuning().atTheEdge(),
                "trials",
                        one.tuning().trials().stream()
                                .map(t -> Json.object("rate", t.rate(), "error", t.error(), "loss", t.loss()))
                                .toList(),
                "accuracy", object(Optional.of(one.accuracy())),
                "diverged", one.diverged(),
                "secondsPerEpoch", object(one.secondsPerEpoch()),
                "reached", one.reached(target),
                "epochsToTarget", object(one.epochsTo(target)),
                "secondsToTarget", object(one.secondsTo(target)));
        object.put("againstBaseline", difference == null ? UNKNOWN : object(difference));
        Optional<Contestant> tanh = new ComparisonTexts(comparison, target).tanh();
        object.put("timesFewerEpochsThanTanh", ratio(tanh.flatMap(other -> one.epochsSaved(other, target))));
        object.put("timesFewerSecondsThanTanh", ratio(tanh.flatMap(other -> one.secondsSaved(other, target))));
        object.put("runs", one.runs().stream().map(run -> object(run, one)).toList());
        return object;
    }

    private static Object object(Optional<Estimate> known) {
        return known.<Object>map(estimate -> Json.object(
                        "mean", estimate.mean(),
                        "margin", estimate.margin(),
                        "deviation", estimate.deviation(),
                        "runs", estimate.count()))
                .orElse(UNKNOWN);
    }

    private static Map<String, Object> object(Difference difference) {
        OptionalInt needed = difference.seedsNeeded();
        return Json.object(
                "mean", difference.estimate().mean(),
                "margin", difference.estimate().margin(),
                "chance", difference.chance(),
                "comparisons", difference.comparisons(),
                "verdict", ComparisonTable.word(difference.verdict()),
                "seedsNeeded", needed.isPresent() ? (Object) needed.getAsInt() : UNKNOWN);
    }

    private static Object ratio(Optional<Ratio> known) {
        return known.<Object>map(ratio -> Json.object(
                        "mean", ratio.mean(), "low", ratio.low(), "high", ratio.high(), "pairs", ratio.pairs()))
                .orElse(UNKNOWN);
    }

    private static Map<String, Object> object(Run run, Contestant of) {
        return Json.object(
                "seed", run.seed(),
                "accuracy", run.accuracy(of.classes()),
                "divergence", run.divergence().<Object>map(why -> why).orElse(UNKNOWN),
                "testErrors", run.epochs().stream().map(TrainedEpoch::testError).toList(),
                "testLosses", run.epochs().stream().map(TrainedEpoch::testLoss).toList(),
                "epochSeconds", run.epochs().stream().map(TrainedEpoch::seconds).toList(),
                "courseEpochs", run.course().stream().map(Waypoint::epochs).toList(),
                "courseSeconds", run.course().stream().map(Waypoint::seconds).toList(),
                "courseTrainingErrors",
                        run.course().stream().map(Waypoint::error).toList());
    }
}
