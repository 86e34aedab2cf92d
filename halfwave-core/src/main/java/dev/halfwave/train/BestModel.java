package dev.halfwave.train;

import dev.halfwave.format.ModelFormatException;
import dev.halfwave.format.SafeTensors;
import dev.halfwave.nn.Description;
import dev.halfwave.nn.Model;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the weights of the best epoch; of equally good ones, the first's.
 *
 * <p>They are kept in memory, and in a file if there is one, from which a resumed run takes them again. The file is a
 * model like any other. Add it before whatever writes checkpoints.
 *
 * <pre>{@code
 * BestModel best = BestModel.in(Path.of("runs/best.safetensors"), Criterion.VALIDATION_LOSS);
 * trainer.addListener(best);
 * trainer.run();
 * best.restore(trainer.result());
 * }</pre>
 */
public final class BestModel implements TrainingListener {
    private static final String EPOCH = "best-model.epoch";
    private static final String VALUE = "best-model.value";
    private static final String OF_FILE = "halfwave.best.epoch";

    private final Criterion criterion;
    private final @Nullable Path file;
    private float[] weights = new float[0];
    private double value;
    private int epoch;

    private BestModel(Criterion criterion, @Nullable Path file) {
        this.criterion = criterion;
        this.file = file;
        this.value = criterion.worst();
    }

    /** A listener for one run that is never resumed. */
    public static BestModel inMemory(Criterion criterion) {
        return new BestModel(criterion, null);
    }

    /** A listener for one run, which leaves its best model in a file. */
    public static BestModel in(Path file, Criterion criterion) {
        return new BestModel(criterion, file);
    }

    @Override
    public void epochDone(Trainer trainer, EpochReport report) {
        double candidate = criterion.of(report);
        if (!criterion.improves(candidate, value, 0)) {
            return;
        }
        value = candidate;
        epoch = report.epoch();
        weights = trainer.result().parameters().data().clone();
        if (file != null) {
            Map<String, String> metadata = Map.of(OF_FILE, Integer.toString(epoch));
            trainer.result().toFile(Map.of(), metadata).writeSealed(file);
        }
    }

    /** The number of the best epoch so far, from 1; 0 if there is none. */
    public int epoch() {
        return epoch;
    }

    /** What the best epoch was judged by. */
    public double value() {
        return value;
    }

    /** Gives the model the best epoch's weights; without one it is left as it is. */
    public void restore(Model model) {
        System.arraycopy(weights, 0, model.parameters().data(), 0, weights.length);
        model.parameters().changed();
    }

    @Override
    public Map<String, String> notes() {
        return epoch == 0 ? Map.of() : Map.of(EPOCH, Integer.toString(epoch), VALUE, Double.toString(value));
    }

    /**
     * Goes on from a checkpoint and the best model's file.
     *
     * @throws IllegalArgumentException if there is no file
     * @throws ModelFormatException if it is not that of the checkpoint's run
     */
    @Override
    public void resumed(Trainer trainer, Map<String, String> notes) {
        if (!notes.containsKey(EPOCH) || !notes.containsKey(VALUE)) {
            return;
        }
        epoch = Integer.parseInt(notes.get(EPOCH));
        value = Double.parseDouble(notes.get(VALUE));
        if (file == null) {
            throw new IllegalArgumentException("best model: expected the file with the weights of epoch " + epoch
                    + ", the best one so far, received none; use BestModel.in(file) in runs to be resumed");
        }
        weights = read(trainer, file);
    }

    private float[] read(Trainer trainer, Path from) {
        SafeTensors content = SafeTensors.readSealed(from);
        Model model = Model.from(content, from.toString());
        String network = Description.of(trainer.result().network());
        String of = content.metadata().getOrDefault(OF_FILE, "none");
        if (!Description.of(model.network()).equals(network)
                || !fits(of, trainer.position().epoch())) {
            throw new ModelFormatException(from + ": expected the weights of epoch " + epoch
                    + " of the run that is resumed, its best one so far, received those of epoch " + of + " of "
                    + model.network().name() + "; resume with the file that was beside the checkpoint");
        }
        return model.parameters().data();
    }

    /** A later epoch than the checkpoint's was better still, and comes again: the run ended between the two files. */
    private boolean fits(String of, int done) {
        return of.matches("\\d{1,9}") && (Integer.parseInt(of) == epoch || Integer.parseInt(of) > done);
    }
}
