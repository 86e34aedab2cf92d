package dev.halfwave.cli;

import dev.halfwave.data.Dataset;
import dev.halfwave.data.ImageOptions;
import dev.halfwave.nn.Model;
import dev.halfwave.tensor.Shape;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code halfwave inspect}. */
@Command(
        name = "inspect",
        description = "Look into a model: what its rectifiers do, as numbers.",
        sortOptions = false,
        footer = {
            "",
            "Example: halfwave inspect --model runs/lenet-mnist/model.onnx --data mnist --data-dir ~/data --dead"
        })
final class Inspect implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private ModelOptions model = new ModelOptions();

    @Mixin
    private DataOptions data = new DataOptions();

    @Option(
            names = "--effective-map",
            description = "For every test image, find the affine map that the network is there, logits = W·x + b, and"
                    + " say how far W·x + b is from the logits at worst, in float and in double.")
    private boolean effectiveMap;

    @Option(
            names = "--dead",
            description = "Over the test images, count the units that never fire, always fire or saturate, and those"
                    + " that are proved dead or always on for all pixels from 0 to 1.")
    private boolean dead;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Override
    public Integer call() {
        Check check = new Check(spec.commandLine());
        DataSettings asked = data.settings(ImageOptions.asTheyAre());
        Model loaded = model.load();
        Shape sample = loaded.network().sample();
        ImageOptions input = new ImageOptions(sample.size(0), sample.size(1), sample.size(2));
        Dataset test = asked.withImages(input).open(check).test();
        Console console = Console.of(spec, json);
        if (effectiveMap) {
            return new MapSurvey(loaded, test).report(console);
        }
        if (dead) {
            return new UnitSurvey(loaded, test).report(console);
        }
        throw check.wrong("--out", "a report to write, or --effective-map or --dead", "none of them");
    }
}
