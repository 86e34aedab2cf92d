package dev.halfwave.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.halfwave.data.Dataset;
import dev.halfwave.data.Datasets;
import dev.halfwave.data.Splits;
import dev.halfwave.kernel.Kernels;
import dev.halfwave.kernel.Providers;
import dev.halfwave.kernel.WorkerPool;
import dev.halfwave.nn.Model;
import dev.halfwave.onnx.file.ElementType;
import dev.halfwave.onnx.file.Literal;
import dev.halfwave.onnx.file.Port;
import dev.halfwave.onnx.write.Peer;
import dev.halfwave.tensor.Shape;
import dev.halfwave.tensor.Tensor;
import dev.halfwave.train.Evaluator;
import dev.halfwave.train.Score;
import dev.halfwave.train.SoftmaxLoss;
import dev.halfwave.train.Trainer;
import dev.halfwave.train.TrainingPlan;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Models that other tools trained and wrote. */
class SharedModelsTest {
    private static final int INPUTS = 100;

    @ParameterizedTest
    @CsvSource({"lenet-mnist-pytorch", "mnist-cntk", "super-resolution"})
    void agreesWithOnnxRuntime(String name, TestReporter reporter) throws IOException {
        OnnxModel model = load(name);
        Port input = model.inputs().get(0);
        Shape shape =
                Shape.of(input.dims().stream().mapToInt(dim -> (int) dim.size()).toArray());
        SplittableRandom random = new SplittableRandom(name.hashCode());
        OnnxRunner exact = runner(model, Providers.active().exact());
        OnnxRunner usual = runner(model, Providers.active());
        // Six billion operations a run are too many for plain loops.
        int inputs = exact.kernels().lanes() == 1 && shape.elements() > 784 ? 3 : INPUTS;
        double worstExact = 0;
        double worst = 0;
        try (Peer peer = new Peer(model.proto())) {
            for (int i = 0; i < inputs; i++) {
                Tensor x = Tensor.zeros(shape);
                for (int j = 0; j < x.data().length; j++) {
                    x.data()[j] = (float) random.nextDouble();
                }
                Tensor expected = peer.run(Map.of(input.name(), x))
                        .get(model.outputs().get(0).name());
                worstExact = Math.max(worstExact, error(expected, run(exact, input, x)));
                worst = Math.max(worst, error(expected, run(usual, input, x)));
            }
        }
        reporter.publishEntry(
                name, inputs + " inputs, worst error of the scale: exact " + worstExact + ", default " + worst);
        assertThat(worstExact).isLessThan(1e-5);
        assertThat(worst).isLessThan(1e-3);
    }

    private static OnnxModel load(String name) {
        return OnnxModel.load(SharedFiles.of("models/" + name + ".onnx"));
    }

    private static OnnxRunner runner(OnnxModel model, Kernels kernels) {
        return new OnnxRunner(model, kernels, WorkerPool.shared());
    }

    private static Tensor run(OnnxRunner runner, Port input, Tensor x) {
        Literal fed = Literal.of(ElementType.FLOAT, x);
        return runner.run(Map.of(input.name(), fed))
                .get(runner.model().outputs().get(0).name())
                .tensor();
    }

    /** The largest error in proportion to the largest value. */
    private static double error(Tensor expected, Tensor received) {
        assertThat(received.shape()).isEqualTo(expected.shape());
        double scale = 0;
        double error = 0;
        for (int i = 0; i < expected.data().length; i++) {
            scale = Math.max(scale, Math.abs(expected.data()[i]));
            error = Math.max(error, Math.abs(expected.data()[i] - received.data()[i]));
        }
        return error / scale;
    }

    /** CNTK's model reads digits; PyTorch's LeNet came with its first, random weights, and guesses. */
    @ParameterizedTest
    @CsvSource({"mnist-cntk, 0.988, 0.990", "lenet-mnist-pytorch, 0.08, 0.12"})
    void reachesItsAccuracyOnDigits(String name, double least, double most, TestReporter reporter) {
        Model model = Classifier.of(load(name)).model();
        double accuracy = accuracy(model, digits("test"));
        reporter.publishEntry(name, "accuracy on MNIST's test set " + accuracy);
        assertThat(accuracy).isBetween(least, most);
    }

    @Test
    void anImportedModelIsTrainedFurther(TestReporter reporter) {
        Model model = Classifier.of(load("lenet-mnist-pytorch")).model();
        Dataset test = digits("test").limit(2000);
        double before = accuracy(model, test);
        new Trainer(model, TrainingPlan.usual(1, 64, 1), digits("train").limit(12_000), WorkerPool.shared()).run();
        double after = accuracy(model, test);
        reporter.publishEntry("fine-tuning", "accuracy " + before + " before, " + after + " after");
        assertThat(after).isGreaterThan(0.85);
    }

    private static double accuracy(Model model, Dataset data) {
        Score score = new Evaluator(model, new SoftmaxLoss(), data, 256, WorkerPool.shared()).evaluate();
        return score.accuracy();
    }

    private static Dataset digits(String part) {
        Path folder = SharedFiles.of("datasets/mnist");
        Splits splits = Datasets.open("mnist", folder);
        return part.equals("test") ? splits.test() : splits.train();
    }
}
