package dev.halfwave.cli;

import dev.halfwave.activation.Relu;
import dev.halfwave.data.Dataset;
import dev.halfwave.data.Strokes;
import dev.halfwave.kernel.WorkerPool;
import dev.halfwave.nn.Model;
import dev.halfwave.nn.Networks;
import dev.halfwave.train.DeadUnitWatch;
import dev.halfwave.train.EpochReport;
import dev.halfwave.train.Tally;
import dev.halfwave.train.Trainer;
import dev.halfwave.train.TrainingListener;
import dev.halfwave.train.TrainingPlan;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What watching for dead units costs in training: epochs of one run with and without the watch in turn, so that both see
 * the same machine.
 *
 * @param network which one, by name
 * @param without milliseconds of epochs without the watch
 * @param with those of the epochs right behind them, with it
 * @param inside the part of the latter that was spent in the watch itself, as a share of the rest
 */
record WatchCost(String network, List<Double> without, List<Double> with, List<Double> inside) {
    private static final int BATCH = 64;
    private static final int STEPS = 60;
    private static final int WARM_PAIRS = 3;

    /** Trains so many pairs of epochs, after some that do not count. */
    static WatchCost of(String network, int pairs, WorkerPool pool) {
        Dataset data = Strokes.train(BATCH * STEPS, 1);
        Model model = Model.initialized(
                Networks.of(network, data.sampleShape(), data.classes().size(), new Relu()), data.classes(), 1);
        Trainer trainer = new Trainer(model, TrainingPlan.usual(2 * (WARM_PAIRS + pairs), BATCH, 1), data, pool);
        Turns turns = new Turns(DeadUnitWatch.of(model, data, pool, dead -> {}), data.size());
        trainer.addListener(turns);
        trainer.run();
        return new WatchCost(network, turns.millis.get(0), turns.millis.get(1), turns.inside);
    }

    /** The shares that the watch adds, one per pair, rising. */
    private double[] shares() {
        double[] shares = new double[with.size()];
        Arrays.setAll(shares, i -> with.get(i) / without.get(i) - 1);
        Arrays.sort(shares);
        return shares;
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }

    /** For machines. */
    Map<String, Object> object(int threads) {
        double[] shares = shares();
        return Json.object(
                "network",
                network,
                "batch",
                BATCH,
                "threads",
                threads,
                "pairs",
                shares.length,
                "withoutMillis",
                median(without),
                "withMillis",
                median(with),
                "costShare",
                shares[shares.length / 2],
                "lowShare",
                shares[shares.length / 10],
                "highShare",
                shares[shares.length - 1 - shares.length / 10],
                "insideShare",
                median(inside));
    }

    /** In one line. */
    String line(int threads) {
        double[] shares = shares();
        return String.format(
                Locale.ROOT,
                "%s, batch %d, %d threads: %d steps take %.1f ms, with the dead unit watch %.1f ms; it costs %.1f %% (median"
                        + " of %d pairs, 80 %% of them from %.1f to %.1f %%), %.1f %% by the time spent in it",
                network,
                BATCH,
                threads,
                STEPS,
                median(without),
                median(with),
                100 * shares[shares.length / 2],
                shares.length,
                100 * shares[shares.length / 10],
                100 * shares[shares.length - 1 - shares.length / 10],
                100 * median(inside));
    }

    /** Watches in every other epoch, and takes their times. */
    private static final class Turns implements TrainingListener {
        private final DeadUnitWatch watch;
        private final int samples;
        private final List<List<Double>> millis = List.of(new ArrayList<>(), new ArrayList<>());
        private final List<Double> inside = new ArrayList<>();
        private double watching;

        Turns(DeadUnitWatch watch, int samples) {
            this.watch = watch;
            this.samples = samples;
        }

        @Override
        public void batchDone(Trainer trainer, Tally tally) {
            if ((trainer.position().step() - 1) / STEPS % 2 == 1) {
                long start = System.nanoTime();
                watch.batchDone(trainer, tally);
                watching += (System.nanoTime() - start) / 1e6;
            }
        }

        @Override
        public void epochDone(Trainer trainer, EpochReport report) {
            if (report.epoch() > 2 * WARM_PAIRS) {
                double took = 1000 * samples / report.imagesPerSecond();
                millis.get((report.epoch() - 1) % 2).add(took);
                if (watching > 0) {
                    inside.add(watching / (took - watching));
                }
            }
            watching = 0;
        }
    }
}
