package dev.halfwave.experiment;

import dev.halfwave.train.EpochReport;
import dev.halfwave.train.Score;
import dev.halfwave.train.Tally;
import dev.halfwave.train.Trainer;
import dev.halfwave.train.TrainingListener;
import java.util.ArrayList;
import java.util.List;

/** Writes down how a run goes, by a clock that stands while the test images are looked at. */
final class Course implements TrainingListener {
    private static final int PER_EPOCH = 10;

    private final List<TrainedEpoch> epochs = new ArrayList<>();
    private final List<Waypoint> waypoints = new ArrayList<>();
    private int batches;
    private int batch;
    private long start;
    private double before;
    private double lastWrong;
    private double lastSamples;

    @Override
    public void epochStarted(int epoch, int done, int ofAll) {
        batches = ofAll;
        batch = done;
        lastWrong = 0;
        lastSamples = 0;
        start = System.nanoTime();
    }

    @Override
    public void batchDone(Trainer trainer, Tally tally) {
        batch++;
        // the ends of tenths of an epoch, of which several may be in one batch
        boolean tenth = batch * PER_EPOCH / batches > (batch - 1) * PER_EPOCH / batches;
        if (tenth) {
            double wrong = (1 - tally.accuracy()) * tally.samples();
            double error = (wrong - lastWrong) / (tally.samples() - lastSamples);
            double done = epochs.size() + (double) batch / batches;
            waypoints.add(new Waypoint(done, before + elapsed(), Math.max(0, error))); // rounding may make it −1e-17
            lastWrong = wrong;
            lastSamples = tally.samples();
        }
    }

    @Override
    public void epochDone(Trainer trainer, EpochReport report) {
        double seconds = trainedSeconds();
        Score test = report.validation().orElseThrow();
        epochs.add(new TrainedEpoch(1 - test.accuracy(), test.loss(), seconds));
        before += seconds;
    }

    private double trainedSeconds() {
        // an epoch ends with its last waypoint
        return waypoints.get(waypoints.size() - 1).seconds() - before;
    }

    private double elapsed() {
        return (System.nanoTime() - start) / 1e9;
    }

    List<TrainedEpoch> epochs() {
        return epochs;
    }

    List<Waypoint> waypoints() {
        return waypoints;
    }
}
