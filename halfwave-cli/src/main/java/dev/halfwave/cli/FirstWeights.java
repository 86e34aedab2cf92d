package dev.halfwave.cli;

import dev.halfwave.data.Dataset;
import dev.halfwave.kernel.WorkerPool;
import dev.halfwave.nn.LayerSequentialUnitVariance;
import dev.halfwave.nn.Model;
import dev.halfwave.onnx.ModelFiles;
import dev.halfwave.tensor.Tensor;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;

/** The option that says what a new network's first weights are drawn by. */
final class FirstWeights {
    static final String OPTION = "--initializer";

    /** Each layer's own. */
    static final String USUAL = "usual";

    /** {@link LayerSequentialUnitVariance}. */
    static final String LSUV = "lsuv";

    /** Enough for variances of thousands of pre-activations. */
    private static final int IMAGES = 256;

    @Option(
            names = OPTION,
            paramLabel = "NAME",
            description = "First weights: usual, which suits each layer's activation, or lsuv: orthogonal, scaled until"
                    + " each layer passes on unit variance for the first " + IMAGES + " images"
                    + " (default: ${DEFAULT-VALUE}).")
    private String initializer = USUAL;

    /** What was asked for, for a model. */
    String wanted(Check check, String model) {
        if (!List.of(USUAL, LSUV).contains(initializer)) {
            throw check.wrong(OPTION, "usual or lsuv", initializer);
        }
        if (initializer.equals(LSUV) && ModelFiles.isOnnx(Path.of(model))) {
            throw check.wrong(OPTION, "a new network with lsuv", "--model " + model);
        }
        return initializer;
    }

    /** The model with the first weights that were asked for. */
    static Model of(String initializer, Model model, Dataset dataset, long seed) {
        if (initializer.equals(LSUV)) {
            Dataset few = dataset.limit(IMAGES);
            Tensor images = Tensor.zeros(dataset.sampleShape().prepend(few.size()));
            for (int i = 0; i < few.size(); i++) {
                few.read(i, images.data(), i * dataset.sampleShape().elements());
            }
            new LayerSequentialUnitVariance()
                    .start(model.network(), model.parameters(), images, seed, WorkerPool.shared());
        }
        return model;
    }
}
