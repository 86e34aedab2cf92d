package dev.halfwave.cli;

import dev.halfwave.data.Dataset;
import dev.halfwave.data.ImageOptions;
import dev.halfwave.kernel.Kernels;
import dev.halfwave.kernel.WorkerPool;
import dev.halfwave.nn.Model;
import dev.halfwave.tensor.Shape;
import dev.halfwave.train.AugmentedEvaluator;
import dev.halfwave.train.Evaluation;
import dev.halfwave.train.Evaluator;
import dev.halfwave.train.Loss;
import dev.halfwave.train.Losses;
import dev.halfwave.train.Score;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code halfwave evaluate}. */
@Command(
        name = "evaluate",
        description = "Measure a model on the test images of a dataset.",
        sortOptions = false,
        footer = {
            "",
            "A folder's images are stretched to the model's input.",
            "",
            "Example: halfwave evaluate --model runs/lenet-mnist/model.onnx --data mnist --data-dir ~/data"
        })
final class Evaluate implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private ModelOptions model = new ModelOptions();

    @Mixin
    private DataOptions data = new DataOptions();

    @Option(
            names = "--loss",
            paramLabel = "NAME",
            completionCandidates = KnownNames.OfLosses.class,
            description = "The loss to report: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private String loss = "softmax";

    @Option(names = "--batch", paramLabel = "N", description = "Images at once (default: ${DEFAULT-VALUE}).")
    private int batch = 256;

    @Mixin
    private MetricsOptions metrics = new MetricsOptions();

    @Mixin
    private TestTimeOptions several = new TestTimeOptions();

    @Mixin
    private Exactness exactness = new Exactness();

    @Mixin
    private TuneOptions tune = new TuneOptions();

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Override
    public Integer call() {
        Check check = new Check(spec.commandLine());
        check.positive("--batch", batch);
        Loss measure = check.value("--loss", () -> Losses.of(loss));
        DataSettings asked = data.settings(ImageOptions.asTheyAre());
        Model loaded = model.load();
        Dataset test = asked.withImages(inputOf(loaded)).open(check).test();
        Model named = model.named(loaded, test.classes());
        metrics.check(test.classes().size());
        long start = System.nanoTime();
        Evaluation evaluation = measured(named, measure, test);
        report(test.name(), evaluation, (System.nanoTime() - start) / 1e9);
        return 0;
    }

    private Evaluation measured(Model tested, Loss measure, Dataset test) {
        WorkerPool pool = WorkerPool.shared();
        Kernels kernels = tune.kernels(exactness.kernels(), pool, Console.of(spec, json));
        int k = metrics.topK();
        return several.augmentation(test.sampleShape())
                .map(tta -> new AugmentedEvaluator(tested, measure, test, batch, tta, pool, kernels).measure(k))
                .orElseGet(() -> new Evaluator(tested, measure, test, batch, pool, kernels).measure(k));
    }

    private static ImageOptions inputOf(Model model) {
        Shape sample = model.network().sample();
        if (sample.rank() != 3) {
            throw new IllegalArgumentException(
                    model.network().name() + ": expected a model that takes images, received one that takes " + sample);
        }
        return new ImageOptions(sample.size(0), sample.size(1), sample.size(2));
    }

    private void report(String name, Evaluation evaluation, double seconds) {
        Score score = evaluation.score();
        double speed = score.samples() / seconds;
        Map<String, Object> object = Json.object(
                "accuracy", score.accuracy(),
                "loss", score.loss(),
                "samples", score.samples(),
                "imagesPerSecond", speed,
                "data", name,
                "model", model.file().toString());
        String more = metrics.report(evaluation, name, object);
        Console.of(spec, json)
                .result(
                        object,
                        String.format(
                                Locale.ROOT,
                                "data %s%nsamples %d%nimages/s %.0f%n%sloss %.4f%naccuracy %.4f",
                                name,
                                score.samples(),
                                speed,
                                more,
                                score.loss(),
                                score.accuracy()));
    }
}
