package dev.halfwave.cli;

import dev.halfwave.data.Images;
import dev.halfwave.format.ModelFormatException;
import dev.halfwave.kernel.WorkerPool;
import dev.halfwave.nn.Model;
import dev.halfwave.nn.Predictor;
import dev.halfwave.tensor.Tensor;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code halfwave predict}. */
@Command(
        name = "predict",
        description = "Say what is on images.",
        sortOptions = false,
        footer = {
            "",
            "Images are stretched to the model's input, and made grey if it is; transparent parts become black.",
            "Models of mnist and strokes expect white digits on black: use --invert for black on white.",
            "",
            "Example: halfwave predict --model runs/lenet-strokes/model.onnx --invert scan.png"
        })
final class Predict implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(arity = "1..*", paramLabel = "IMAGE", description = "Images, or folders for all images in them.")
    private List<Path> arguments = List.of();

    @Mixin
    private ModelOptions source = new ModelOptions();

    @Option(
            names = "--top",
            paramLabel = "K",
            description = "How many classes to name, the most probable first (default: ${DEFAULT-VALUE}).")
    private int top = 3;

    @Option(names = "--invert", description = "Swap black and white first.")
    private boolean invert;

    @Mixin
    private Exactness exactness = new Exactness();

    @Mixin
    private RangeOption range = new RangeOption();

    @Mixin
    private TuneOptions tune = new TuneOptions();

    @Option(names = "--json", description = "Print one JSON object per image.")
    private boolean json;

    @Override
    public Integer call() {
        new Check(spec.commandLine()).positive("--top", top);
        Model model = source.load();
        List<Path> images = ImageArguments.files(arguments);
        Console console = Console.of(spec, json);
        WorkerPool pool = WorkerPool.shared();
        Predictor predictor = range.within(
                exactness.wanted() || tune.wanted()
                        ? model.predictor(pool, tune.kernels(exactness.kernels(), pool, console))
                        : model.predictorOnce(images.size(), pool));
        boolean allRead = true;
        for (Path image : images) {
            try {
                Tensor pixels = Images.read(image, model.network().sample());
                report(console, image, ranked(model, predictor.probabilities(batchOf(pixels))));
            } catch (ModelFormatException | IllegalArgumentException unreadable) {
                allRead = false;
                console.say("halfwave: " + unreadable.getMessage());
            }
        }
        return allRead ? 0 : 1;
    }

    private Tensor batchOf(Tensor pixels) {
        float[] values = pixels.data();
        for (int i = 0; invert && i < values.length; i++) {
            values[i] = 1 - values[i];
        }
        return pixels.reshape(pixels.shape().prepend(1));
    }

    private List<Guess> ranked(Model model, Tensor probabilities) {
        return IntStream.range(0, model.classes().size())
                .mapToObj(i -> new Guess(model.classes().get(i), probabilities.data()[i]))
                .sorted(Comparator.comparingDouble(Guess::probability).reversed())
                .limit(top)
                .toList();
    }

    private static void report(Console console, Path image, List<Guess> guesses) {
        List<Map<String, Object>> classes = guesses.stream()
                .map(guess -> Json.object("class", guess.name(), "probability", guess.probability()))
                .toList();
        String text = guesses.stream().map(Guess::toString).collect(Collectors.joining("  "));
        console.result(Json.object("image", image.toString(), "classes", classes), image + "  " + text);
    }

    /** A class and how probable it is. */
    private record Guess(String name, double probability) {
        @Override
        public String toString() {
            return String.format(Locale.ROOT, "%s %.4f", name, probability);
        }
    }
}
