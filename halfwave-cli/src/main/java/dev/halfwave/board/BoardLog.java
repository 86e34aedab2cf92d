package dev.halfwave.board;

import dev.halfwave.graph.ParameterLayout;
import dev.halfwave.graph.Parameters;
import dev.halfwave.train.EpochReport;
import dev.halfwave.train.Score;
import dev.halfwave.train.Tally;
import dev.halfwave.train.Trainer;
import dev.halfwave.train.TrainingListener;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes how training goes to a folder that TensorBoard reads: loss and learning rate of every batch; loss, accuracy and
 * speed of every epoch, and how its weights are spread; and the same loss and accuracy on the validation part, as a
 * second run in the same charts.
 *
 * <p>Everything stands over the number of steps done. A resumed run takes back what was written of steps that it does
 * again.
 */
public final class BoardLog implements TrainingListener, AutoCloseable {
    private static final double MILLIS = 1000;

    private final Path folder;
    private @Nullable EventFile training;
    private @Nullable EventFile validation;
    private long firstStep = 1;
    private double lossSum;
    private long samples;

    /** A listener for one run. */
    public BoardLog(Path folder) {
        this.folder = folder;
    }

    @Override
    public void resumed(Trainer trainer, Map<String, String> notes) {
        firstStep = trainer.position().step() + 1;
        remember(trainer.checkpoint().tally());
    }

    @Override
    public void epochStarted(int epoch, int batch, int batches) {
        if (training == null) {
            training = begin("train");
        }
        if (batch == 0) {
            remember(new Tally());
        }
    }

    private EventFile begin(String run) {
        double time = now();
        EventFile file = EventFile.in(folder.resolve(run), (long) time);
        file.write(Events.version(time));
        file.write(Events.start(time, firstStep));
        return file;
    }

    private static double now() {
        return System.currentTimeMillis() / MILLIS;
    }

    private void remember(Tally tally) {
        samples = tally.samples();
        lossSum = tally.loss() * samples;
    }

    @Override
    public void batchDone(Trainer trainer, Tally tally) {
        if (training == null) {
            return;
        }
        double loss = (tally.loss() * tally.samples() - lossSum) / (tally.samples() - samples);
        remember(tally);
        Map<String, Double> numbers = new LinkedHashMap<>();
        numbers.put("batch/loss", loss);
        numbers.put("batch/learning_rate", trainer.rate());
        training.write(Events.numbers(now(), trainer.position().step(), numbers));
    }

    @Override
    public void epochDone(Trainer trainer, EpochReport report) {
        if (training == null) {
            return;
        }
        double time = now();
        long step = trainer.position().step();
        Map<String, Double> numbers = score(report.loss(), report.accuracy());
        numbers.put("epoch/images_per_second", report.imagesPerSecond());
        training.write(Events.numbers(time, step, numbers));
        writeWeights(training, trainer.model().parameters(), time, step);
        report.validation().ifPresent(score -> validated(score, time, step));
    }

    private static Map<String, Double> score(double loss, double accuracy) {
        Map<String, Double> numbers = new LinkedHashMap<>();
        numbers.put("epoch/loss", loss);
        numbers.put("epoch/accuracy", accuracy);
        return numbers;
    }

    private static void writeWeights(EventFile file, Parameters parameters, double time, long step) {
        for (ParameterLayout.Entry entry : parameters.layout().entries()) {
            if (entry.parameter().trainable()) {
                int end = entry.offset() + entry.shape().elements();
                Histogram histogram = Histogram.of(parameters.data(), entry.offset(), end);
                file.write(Events.histogram(time, step, "weights/" + entry.key(), histogram));
            }
        }
    }

    private void validated(Score score, double time, long step) {
        if (validation == null) {
            validation = begin("validation");
        }
        validation.write(Events.numbers(time, step, score(score.loss(), score.accuracy())));
    }

    @Override
    public void close() {
        if (training != null) {
            training.close();
        }
        if (validation != null) {
            validation.close();
        }
    }
}
