package dev.halfwave.experiment;

import dev.halfwave.activation.Activation;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * How an activation did.
 *
 * @param activation which one
 * @param tuning how its learning rate was chosen
 * @param runs one per seed
 * @param classes how many there are
 */
public record Contestant(Activation activation, Tuning tuning, List<Run> runs, int classes) {
    /** Keeps its own copy of the list. */
    public Contestant {
        runs = List.copyOf(runs);
    }

    /** The share of test images classified rightly after the last epoch. */
    public Estimate accuracy() {
        return Estimate.of(
                runs.stream().mapToDouble(run -> run.accuracy(classes)).toArray());
    }

    /** Seconds of training per epoch, over the runs that finished one; none if no run did. */
    public Optional<Estimate> secondsPerEpoch() {
        return over(runs.stream().map(Run::secondsPerEpoch).toList());
    }

    /** How many runs diverged. */
    public long diverged() {
        return runs.stream().filter(run -> run.divergence().isPresent()).count();
    }

    /** How many runs came to this training error. */
    public long reached(double error) {
        return runs.stream().filter(run -> run.reached(error).isPresent()).count();
    }

    /** Epochs until the training error was no higher than this, over the runs that came to it. */
    public Optional<Estimate> epochsTo(double error) {
        return over(runs.stream().map(run -> to(run, error, Waypoint::epochs)).toList());
    }

    /** Seconds of training until the training error was no higher than this, over the runs that came to it. */
    public Optional<Estimate> secondsTo(double error) {
        return over(runs.stream().map(run -> to(run, error, Waypoint::seconds)).toList());
    }

    /** How many times fewer epochs it took than the other to this training error: the same seeds' ratios. */
    public Optional<Ratio> epochsSaved(Contestant other, double error) {
        return ratio(other, run -> to(run, error, Waypoint::epochs));
    }

    /** How many times less training time it took than the other to this training error. */
    public Optional<Ratio> secondsSaved(Contestant other, double error) {
        return ratio(other, run -> to(run, error, Waypoint::seconds));
    }

    /** How many times faster its epochs were than the other's. */
    public Optional<Ratio> faster(Contestant other) {
        return ratio(other, Run::secondsPerEpoch);
    }

    private Optional<Ratio> ratio(Contestant other, ToDoubleFunction<Run> cost) {
        List<Double> logs = IntStream.range(0, runs.size())
                .mapToObj(i -> Math.log(cost.applyAsDouble(other.runs.get(i)) / cost.applyAsDouble(runs.get(i))))
                .toList();
        return over(logs).map(Ratio::new);
    }

    private static double to(Run run, double error, ToDoubleFunction<Waypoint> cost) {
        return run.reached(error).stream().mapToDouble(cost).findFirst().orElse(Double.NaN);
    }

    /** Over what is known. */
    private static Optional<Estimate> over(List<Double> values) {
        double[] known =
                values.stream().mapToDouble(v -> v).filter(Double::isFinite).toArray();
        return known.length == 0 ? Optional.empty() : Optional.of(Estimate.of(known));
    }
}
