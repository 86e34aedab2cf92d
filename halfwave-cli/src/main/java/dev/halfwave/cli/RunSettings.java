package dev.halfwave.cli;

import dev.halfwave.activation.Activations;
import dev.halfwave.data.Dataset;
import dev.halfwave.data.ImageOptions;
import dev.halfwave.data.augment.Augmentations;
import dev.halfwave.format.ModelFormatException;
import dev.halfwave.kernel.WorkerPool;
import dev.halfwave.nn.Model;
import dev.halfwave.train.Checkpoint;
import dev.halfwave.train.Optimizers;
import dev.halfwave.train.Schedules;
import dev.halfwave.train.Trainer;
import dev.halfwave.train.TrainingPlan;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Everything that decides how a training run goes, from the command line or from a checkpoint.
 *
 * @param data what to train on
 * @param validation the part of the training images that is held back, or 0
 * @param augment how the training images are changed at random, as {@link Augmentations} writes it
 * @param model what training starts from
 * @param activation of the hidden layers, as {@link Activations} writes it
 * @param plan how to train
 */
record RunSettings(
        DataSettings data,
        double validation,
        String augment,
        StartingModel model,
        String activation,
        TrainingPlan plan) {

    /** The model that training starts from, for images of a dataset. */
    Model start(Dataset dataset) {
        return model.start(dataset, activation, plan.seed());
    }

    /** A trainer at the beginning, on the samples that were asked for. */
    Trainer trainer(Model from, Dataset train, WorkerPool pool) {
        Trainer trainer = new Trainer(from, plan, train, pool);
        if (data.balance()) {
            trainer.balance();
        }
        trainer.augment(Augmentations.of(augment, train.sampleShape()));
        return trainer;
    }

    /** What a checkpoint should remember besides what it holds anyway. */
    Map<String, String> notes() {
        Map<String, String> notes = new LinkedHashMap<>();
        notes.put("data", data.data());
        notes.put("data-dir", data.dataDir().toString());
        notes.put("limit", Integer.toString(data.limit()));
        notes.put("image-height", Integer.toString(data.images().height()));
        notes.put("image-width", Integer.toString(data.images().width()));
        notes.put("image-channels", Integer.toString(data.images().channels()));
        notes.put("balance", Boolean.toString(data.balance()));
        notes.put("validation", Double.toString(validation));
        notes.put("augment", augment);
        notes.put("activation", activation);
        notes.put("initializer", model.initializer());
        if (model.isFile()) {
            notes.put("model", model.model());
            notes.put("head", Integer.toString(model.head()));
            notes.put("pixels", model.pixels());
        }
        return notes;
    }

    /**
     * The settings of the run that a checkpoint belongs to.
     *
     * @param where what messages call the checkpoint
     */
    static RunSettings of(Checkpoint checkpoint, String where) {
        Notes notes = new Notes(checkpoint.notes(), where);
        ImageOptions images = new ImageOptions(
                notes.number("image-height"), notes.number("image-width"), notes.number("image-channels"));
        boolean balance = Boolean.parseBoolean(checkpoint.notes().get("balance")); // older files say nothing
        DataSettings data = new DataSettings(
                notes.text("data"), Path.of(notes.text("data-dir")), notes.number("limit"), images, balance);
        return new RunSettings(
                data,
                Double.parseDouble(notes.text("validation")),
                checkpoint.notes().getOrDefault("augment", "none"), // older files say nothing
                notes.start(checkpoint.model().network().name()),
                notes.text("activation"),
                checkpoint.plan());
    }

    /** The same with the data's files elsewhere. */
    RunSettings withDataDir(Path dataDir) {
        return new RunSettings(data.withDataDir(dataDir), validation, augment, model, activation, plan);
    }

    /** What each option comes to, for comparison; where the files are makes no difference to the run. */
    Map<String, String> byOption() {
        Map<String, String> values = new LinkedHashMap<>();
        values.put("--data", data.data());
        values.put("--limit", data.limit() == 0 ? "all" : Integer.toString(data.limit()));
        values.put("--image-size", data.images().height() + "x" + data.images().width());
        values.put("--grey", Boolean.toString(data.images().channels() == 1));
        values.put(BalanceOptions.OPTION, Boolean.toString(data.balance()));
        values.put("--validation", Double.toString(validation));
        values.put(AugmentOptions.OPTION, augment);
        values.put("--model", model.model());
        values.put("--replace-head", Integer.toString(model.head()));
        values.put("--pixels", model.pixels());
        values.put("--activation", activation);
        values.put(FirstWeights.OPTION, model.initializer());
        values.put("--epochs", Integer.toString(plan.epochs()));
        values.put("--batch", Integer.toString(plan.batchSize()));
        values.put("--optimizer", Optimizers.spec(plan.optimizer()));
        values.put("--lr", Double.toString(plan.rate()));
        values.put("--schedule", Schedules.spec(plan.schedule()));
        values.put("--seed", Long.toString(plan.seed()));
        values.putAll(UpdateOptions.byOption(plan));
        values.put(Exactness.OPTION, Boolean.toString(plan.exact()));
        return values;
    }

    /** A checkpoint's notes, all of which have to be there. */
    private record Notes(Map<String, String> notes, String where) {
        String text(String key) {
            String text = notes.get(key);
            if (text == null) {
                throw new ModelFormatException(where + ": expected a note on \"" + key + "\", received "
                        + (notes.isEmpty() ? "none at all" : "notes on " + notes.keySet())
                        + "; resume it with the program that wrote it, which was not halfwave train");
            }
            return text;
        }

        /** Only training that started from a file has notes on that. */
        StartingModel start(String network) {
            String initializer = notes.getOrDefault("initializer", FirstWeights.USUAL); // none in older ones
            return notes.containsKey("model")
                    ? new StartingModel(text("model"), number("head"), text("pixels"), initializer)
                    : new StartingModel(network, 0, "", initializer);
        }

        int number(String key) {
            return Integer.parseInt(text(key));
        }
    }
}
