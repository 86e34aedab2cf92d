package dev.halfwave.cli;

import dev.halfwave.activation.Activation;
import dev.halfwave.activation.Activations;
import dev.halfwave.data.ImageOptions;
import dev.halfwave.nn.Networks;
import dev.halfwave.onnx.Pixels;
import dev.halfwave.train.Losses;
import dev.halfwave.train.Optimizer;
import dev.halfwave.train.Optimizers;
import dev.halfwave.train.ReactiveSchedule;
import dev.halfwave.train.Schedule;
import dev.halfwave.train.Schedules;
import dev.halfwave.train.TrainingPlan;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The options that decide how a training run goes: with the same ones, every run ends with the same bits. */
final class RunOptions {
    private static final Pattern SIZE = Pattern.compile("([1-9]\\d{0,4})(?:[x×]([1-9]\\d{0,4}))?");

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Mixin
    private DataOptions data = new DataOptions();

    @Option(
            names = "--image-size",
            paramLabel = "HxW",
            description = "Stretch images from files to this height and width, as in 32x48 or 32"
                    + " (default: as they are, all of one size).")
    private @Nullable String imageSize;

    @Option(names = "--grey", description = "Read images from files without their colours.")
    private boolean grey;

    @Mixin
    private BalanceOptions balance = new BalanceOptions();

    @Option(
            names = "--validation",
            paramLabel = "FRACTION",
            description =
                    "Hold back this part of the training images and report how the model does on them after every epoch;"
                            + " 0 for none (default: ${DEFAULT-VALUE}). The test images are looked at only once, at the end.")
    private double validation = 0.05;

    @Option(
            names = "--model",
            paramLabel = "NAME|FILE",
            completionCandidates = KnownNames.OfModels.class,
            description = "The network: ${COMPLETION-CANDIDATES}; or an ONNX model to go on training"
                    + " (default: ${DEFAULT-VALUE}).")
    private String model = "lenet";

    @Option(
            names = "--replace-head",
            paramLabel = "N",
            description = "Give an ONNX model a new last layer for N classes, and train it on other data.")
    private int head;

    @Option(
            names = ModelOptions.PIXELS,
            paramLabel = "SPEC",
            description = "What an ONNX model of another tool expects for pixels, as in 0..255 or"
                    + " \"mean=0.13;std=0.31\" (default: what the file says, else 0..1).")
    private String pixels = "";

    @Option(
            names = "--activation",
            paramLabel = "NAME",
            completionCandidates = KnownNames.OfActivations.class,
            description = "Of every hidden layer: ${COMPLETION-CANDIDATES}; some take a parameter, as in elu(0.5)"
                    + " (default: ${DEFAULT-VALUE}).")
    private String activation = "relu";

    @Mixin
    private FirstWeights weights = new FirstWeights();

    @Option(
            names = "--loss",
            paramLabel = "NAME",
            completionCandidates = KnownNames.OfLosses.class,
            description = "What is made small: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private String loss = "softmax";

    @Option(
            names = "--epochs",
            paramLabel = "N",
            description = "How often every image is seen (default: ${DEFAULT-VALUE}).")
    private int epochs = 3;

    @Option(names = "--batch", paramLabel = "N", description = "Images per step (default: ${DEFAULT-VALUE}).")
    private int batch = 64;

    @Option(
            names = "--optimizer",
            paramLabel = "NAME",
            completionCandidates = KnownNames.OfOptimizers.class,
            description = "How weights follow gradients: ${COMPLETION-CANDIDATES}; numbers go in brackets, as in"
                    + " adamw(decay=0.1) (default: ${DEFAULT-VALUE}).")
    private String optimizer = "adamw";

    @Option(
            names = "--lr",
            paramLabel = "X",
            description = "The base learning rate (default: what is usual for the optimizer" + " and schedule).")
    private @Nullable Double rate;

    @Option(
            names = "--schedule",
            paramLabel = "NAME",
            completionCandidates = KnownNames.OfSchedules.class,
            description =
                    "How the learning rate changes on the way: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private String schedule = "one-cycle";

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "Decides first weights, the images' order, dropout and which images are held back"
                    + " (default: ${DEFAULT-VALUE}).")
    private long seed = 42;

    @Mixin
    private UpdateOptions updates = new UpdateOptions();

    @Mixin
    private AugmentOptions augment = new AugmentOptions();

    @Mixin
    private Exactness exactness = new Exactness();

    /** What was asked for; whatever is wrong with it is a usage error. */
    RunSettings settings() {
        Check check = new Check(spec.commandLine());
        StartingModel start = start(check);
        Activation function = check.value("--activation", () -> Activations.of(activation));
        if (!(validation >= 0 && validation < 1)) {
            throw check.wrong("--validation", "a fraction from 0 to below 1", validation);
        }
        DataSettings asked = data.settings(images(check, start)).withBalance(balance.wanted());
        return new RunSettings(asked, validation, augment.text(), start, function.spec(), plan(check));
    }

    private StartingModel start(Check check) {
        StartingModel start = new StartingModel(model, head, pixels, weights.wanted(check, model));
        if (start.isFile()) {
            if (!pixels.isEmpty()) {
                check.value(ModelOptions.PIXELS, () -> new Pixels(pixels));
            }
            if (head != 0 && head < 2) {
                throw check.wrong("--replace-head", "2 or more classes", head);
            }
            return new StartingModel(
                    Path.of(model).toAbsolutePath().normalize().toString(), head, pixels, start.initializer());
        }
        check.known("--model", "model", model, Networks.names());
        if (head != 0 || !pixels.isEmpty()) {
            throw check.wrong(
                    head != 0 ? "--replace-head" : ModelOptions.PIXELS, "an ONNX model with it", "--model " + model);
        }
        return start;
    }

    private TrainingPlan plan(Check check) {
        Optimizer rule = check.value("--optimizer", () -> Optimizers.of(optimizer));
        Schedule course = check.value("--schedule", () -> Schedules.of(schedule));
        double base = rate == null ? rule.usualRate() * course.usualBase() : rate;
        if (!(base > 0 && base < Double.POSITIVE_INFINITY)) {
            throw check.wrong("--lr", "a learning rate above 0", base);
        }
        if (course instanceof ReactiveSchedule && validation == 0) {
            throw check.wrong("--schedule", "a part for --validation with " + course.name(), "none");
        }
        TrainingPlan plan = new TrainingPlan(
                check.positive("--epochs", epochs),
                check.positive("--batch", batch),
                base,
                seed,
                check.value("--loss", () -> Losses.of(loss)),
                rule,
                course);
        return updates.applied(plan).withExact(exactness.wanted());
    }

    private ImageOptions images(Check check, StartingModel start) {
        if (start.isFile() && imageSize == null && !grey) {
            return start.images().orElse(ImageOptions.asTheyAre());
        }
        ImageOptions images = ImageOptions.asTheyAre();
        if (imageSize != null) {
            Matcher size = SIZE.matcher(imageSize);
            if (!size.matches()) {
                throw check.wrong("--image-size", "a height and width as in 32x48, or one number", imageSize);
            }
            int height = Integer.parseInt(size.group(1));
            images = images.sized(height, size.group(2) == null ? height : Integer.parseInt(size.group(2)));
        }
        return grey ? images.grey() : images;
    }
}
