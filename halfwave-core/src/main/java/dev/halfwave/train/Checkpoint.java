package dev.halfwave.train;

import dev.halfwave.format.ModelFormatException;
import dev.halfwave.format.SafeTensors;
import dev.halfwave.graph.ParameterLayout;
import dev.halfwave.nn.Description;
import dev.halfwave.nn.Model;
import dev.halfwave.tensor.Tensor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
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
 * @param state the optimizer's arrays, in the parameters' layout
 * @param notes what else whoever started the training wants to find again, such as where the data came from
 */
public record Checkpoint(
        Model model,
        TrainingPlan plan,
        String data,
        Position position,
        Tally tally,
        List<float[]> state,
        Map<String, String> notes) {
    private static final String PREFIX = "halfwave.training.";
    private static final String NOTE = "halfwave.note.";

    /** The same with other notes. */
    public Checkpoint withNotes(Map<String, String> other) {
        return new Checkpoint(model, plan, data, position, tally, state, other);
    }

    /**
     * Writes the checkpoint; a file that is there is replaced in one step, so that at every moment a whole one is on
     * disk.
     *
     * @throws java.io.UncheckedIOException if it cannot be written
     */
    public void save(Path file) {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        List<String> names = plan.optimizer().state();
        for (int i = 0; i < names.size(); i++) {
            for (ParameterLayout.Entry entry : trainable(model)) {
                int end = entry.offset() + entry.shape().elements();
                float[] values = Arrays.copyOfRange(state.get(i), entry.offset(), end);
                tensors.put(stateName(names.get(i), entry), Tensor.of(entry.shape(), values));
            }
        }
        model.toFile(tensors, metadata()).writeSealed(file);
    }

    private static List<ParameterLayout.Entry> trainable(Model model) {
        return model.parameters().layout().entries().stream()
                .filter(entry -> entry.parameter().trainable())
                .toList();
    }

    private static String stateName(String name, ParameterLayout.Entry entry) {
        return "optimizer." + name + "/" + entry.key();
    }

    private Map<String, String> metadata() {
        Map<String, String> metadata = new LinkedHashMap<>();
        metadata.put(PREFIX + "data", data);
        metadata.put(PREFIX + "epochs", Integer.toString(plan.epochs()));
        metadata.put(PREFIX + "batchSize", Integer.toString(plan.batchSize()));
        metadata.put(PREFIX + "rate", Double.toString(plan.rate()));
        metadata.put(PREFIX + "seed", Long.toString(plan.seed()));
        metadata.put(PREFIX + "loss", Losses.spec(plan.loss()));
        metadata.put(PREFIX + "optimizer", Optimizers.spec(plan.optimizer()));
        metadata.put(PREFIX + "schedule", Schedules.spec(plan.schedule()));
        metadata.put(PREFIX + "exact", Boolean.toString(plan.exact()));
        metadata.put(PREFIX + "epoch", Integer.toString(position.epoch()));
        metadata.put(PREFIX + "batch", Integer.toString(position.batch()));
        metadata.put(PREFIX + "step", Long.toString(position.step()));
        metadata.put(PREFIX + "lossSum", Double.toString(tally.lossSum()));
        metadata.put(PREFIX + "correct", Long.toString(tally.correct()));
        metadata.put(PREFIX + "samples", Long.toString(tally.samples()));
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
        return new Checkpoint(
                model,
                plan,
                reader.get("data", text -> text),
                position,
                tally,
                reader.state(model, plan),
                reader.notes());
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

        TrainingPlan plan() {
            return new TrainingPlan(
                    get("epochs", Integer::valueOf),
                    get("batchSize", Integer::valueOf),
                    get("rate", Double::valueOf),
                    get("seed", Long::valueOf),
                    get("loss", Losses::of),
                    get("optimizer", Optimizers::of),
                    get("schedule", Schedules::of),
                    Boolean.parseBoolean(content.metadata().get(PREFIX + "exact"))); // older files say nothing
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

        List<float[]> state(Model model, TrainingPlan plan) {
            List<float[]> state = new ArrayList<>();
            for (String name : plan.optimizer().state()) {
                float[] values = new float[model.parameters().layout().trainableEnd()];
                for (ParameterLayout.Entry entry : trainable(model)) {
                    String key = stateName(name, entry);
                    Tensor tensor = content.tensors().get(key);
                    if (tensor == null || !tensor.shape().equals(entry.shape())) {
                        throw new ModelFormatException(where + ": expected a tensor \"" + key + "\" of shape "
                                + entry.shape() + ", received " + (tensor == null ? "none" : tensor.shape()));
                    }
                    System.arraycopy(tensor.data(), 0, values, entry.offset(), tensor.data().length);
                }
                state.add(values);
            }
            return state;
        }
    }
}
