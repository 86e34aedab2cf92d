package dev.halfwave.train;

import dev.halfwave.format.ModelFormatException;
import dev.halfwave.format.SafeTensors;
import dev.halfwave.graph.ParameterLayout;
import dev.halfwave.graph.Parameters;
import dev.halfwave.nn.Description;
import dev.halfwave.nn.Model;
import dev.halfwave.tensor.Tensor;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * Training at one moment: going on from it gives the same bits as never having stopped.
 *
 * <p>On disk it is a model file that also holds the optimizer's state and the position in the data.
 *
 * @param model the model
 * @param plan how it is trained
 * @param data what it is trained on, in words
 * @param position how far training has come
 * @param tally loss and accuracy of the epoch so far
 * @param feedback what the schedule was told
 * @param rateScale what the learning rate is multiplied by besides, as {@link Trainer#scaleRate} left it
 * @param state the arrays that the optimizer and the plan's rules keep, by name, in the parameters' layout
 * @param notes what else whoever started the training wants to find again, such as where the data came from
 */
public record Checkpoint(
        Model model,
        TrainingPlan plan,
        String data,
        Position position,
        Tally tally,
        Feedback feedback,
        double rateScale,
        Map<String, float[]> state,
        Map<String, String> notes) {
    private static final String PREFIX = "halfwave.training.";
    private static final String NOTE = "halfwave.note.";
    private static final String TRAINED = "trained";

    /** The same with other notes. */
    public Checkpoint withNotes(Map<String, String> other) {
        return new Checkpoint(model, plan, data, position, tally, feedback, rateScale, state, other);
    }

    /**
     * Writes the checkpoint; a file that is there is replaced in one step, so that at every moment a whole one is on
     * disk. Read as a model, it is what is evaluated: the average of the weights if one is kept.
     *
     * @throws java.io.UncheckedIOException if it cannot be written
     */
    public void save(Path file) {
        Map<String, Tensor> tensors = TrainingState.tensors(plan, model, state);
        float[] average = state.get(TrainingState.AVERAGE);
        Model shown = model;
        if (average != null) {
            ParameterLayout layout = model.parameters().layout();
            tensors.putAll(TrainingState.tensors(
                    TRAINED, layout.entries(), model.parameters().data()));
            shown = withParameters(model, average);
        }
        shown.toFile(tensors, metadata()).writeSealed(file);
    }

    private static Model withParameters(Model model, float[] numbers) {
        Parameters parameters = new Parameters(model.parameters().layout());
        System.arraycopy(numbers, 0, parameters.data(), 0, numbers.length);
        return new Model(model.network(), parameters, model.classes());
    }

    private Map<String, String> metadata() {
        Map<String, String> metadata = new LinkedHashMap<>();
        metadata.put(PREFIX + "data", data);
        PlanText.of(plan).forEach((key, text) -> metadata.put(PREFIX + key, text));
        metadata.put(PREFIX + "epoch", Integer.toString(position.epoch()));
        metadata.put(PREFIX + "batch", Integer.toString(position.batch()));
        metadata.put(PREFIX + "step", Long.toString(position.step()));
        metadata.put(PREFIX + "lossSum", Double.toString(tally.lossSum()));
        metadata.put(PREFIX + "correct", Long.toString(tally.correct()));
        metadata.put(PREFIX + "samples", Long.toString(tally.samples()));
        if (!feedback.memory().isEmpty()) {
            metadata.put(PREFIX + "feedback", PlanText.of(feedback));
        }
        if (rateScale != 1) {
            metadata.put(PREFIX + "rateScale", Double.toString(rateScale));
        }
        notes.forEach((key, text) -> metadata.put(NOTE + key, text));
        return metadata;
    }

    /**
     * Reads a checkpoint.
     *
     * @throws ModelFormatException if the file is damaged, or is not a checkpoint of ours
     * @throws java.io.UncheckedIOException if it cannot be read
     */
    public static Checkpoint load(Path file) {
        SafeTensors content = SafeTensors.readSealed(file);
        Model model = Model.from(content, file.toString());
        Reader reader = new Reader(content, file.toString());
        TrainingPlan plan = reader.plan();
        Position position = new Position(
                reader.get("epoch", Integer::valueOf),
                reader.get("batch", Integer::valueOf),
                reader.get("step", Long::valueOf));
        Tally tally = Tally.of(
                reader.get("lossSum", Double::valueOf),
                reader.get("correct", Long::valueOf),
                reader.get("samples", Long::valueOf));
        Map<String, float[]> state = TrainingState.read(plan, model, reader::numbers);
        if (plan.updates().average() > 0) {
            ParameterLayout layout = model.parameters().layout();
            state.put(TrainingState.AVERAGE, model.parameters().data());
            model = withParameters(
                    model, TrainingState.read(TRAINED, layout.entries(), layout.length(), reader::numbers));
        }
        Feedback feedback = reader.getOr("feedback", PlanText::feedback, Feedback.begin(plan.schedule()));
        double rateScale = reader.getOr("rateScale", Double::valueOf, 1.0);
        String data = reader.get("data", text -> text);
        return new Checkpoint(model, plan, data, position, tally, feedback, rateScale, state, reader.notes());
    }

    /**
     * That training may go on from here.
     *
     * @throws IllegalArgumentException if the network, the plan or the data differ; the text says in what
     */
    void check(Model wantedModel, TrainingPlan wantedPlan, String wantedData) {
        expect("network", Description.of(wantedModel.network()), Description.of(model.network()));
        expect("classes", wantedModel.classes(), model.classes());
        expect("data", wantedData, data);
        expect("settings", wantedPlan, plan);
    }

    private static void expect(String what, Object wanted, Object found) {
        if (!wanted.equals(found)) {
            throw new IllegalArgumentException("resume: expected a checkpoint of the same " + what + " " + wanted
                    + ", received one of " + found + "; start with the options it was started with");
        }
    }

    /** Takes a checkpoint's own fields out of a file. */
    private record Reader(SafeTensors content, String where) {
        <T> T get(String key, Function<String, T> parse) {
            String text = content.metadata().get(PREFIX + key);
            try {
                if (text != null) {
                    return parse.apply(text);
                }
            } catch (IllegalArgumentException malformed) {
                throw new ModelFormatException(
                        where + ": expected a readable \"" + PREFIX + key + "\", received \"" + text + "\"", malformed);
            }
            throw new ModelFormatException(where + ": expected \"" + PREFIX + key
                    + "\" in the metadata, received none; this is a model, not a checkpoint to resume from");
        }

        /** The same for what older files say nothing about. */
        <T> T getOr(String key, Function<String, T> parse, T otherwise) {
            return content.metadata().containsKey(PREFIX + key) ? get(key, parse) : otherwise;
        }

        TrainingPlan plan() {
            TrainingPlan plan = new TrainingPlan(
                    get("epochs", Integer::valueOf),
                    get("batchSize", Integer::valueOf),
                    get("rate", Double::valueOf),
                    get("seed", Long::valueOf),
                    get("loss", Losses::of),
                    get("optimizer", Optimizers::of),
                    get("schedule", Schedules::of));
            return plan.withExact(getOr("exact", Boolean::valueOf, false))
                    .withUpdates(getOr("updates", PlanText::rules, UpdateRules.usual()));
        }

        Map<String, String> notes() {
            Map<String, String> notes = new LinkedHashMap<>();
            content.metadata().forEach((key, text) -> {
                if (key.startsWith(NOTE)) {
                    notes.put(key.substring(NOTE.length()), text);
                }
            });
            return notes;
        }

        float[] numbers(TrainingState.Part part) {
            Tensor tensor = content.tensors().get(part.tensor());
            if (tensor == null || !tensor.shape().equals(part.entry().shape())) {
                throw new ModelFormatException(where + ": expected a tensor \"" + part.tensor() + "\" of shape "
                        + part.entry().shape() + ", received " + (tensor == null ? "none" : tensor.shape()));
            }
            return tensor.data();
        }
    }
}
