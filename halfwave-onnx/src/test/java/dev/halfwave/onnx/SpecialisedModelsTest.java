package dev.halfwave.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import dev.halfwave.compile.Explanation;
import dev.halfwave.data.Dataset;
import dev.halfwave.data.Datasets;
import dev.halfwave.kernel.WorkerPool;
import dev.halfwave.nn.Model;
import dev.halfwave.nn.Predictor;
import dev.halfwave.tensor.Tensor;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Other tools' models, some of whose units have died, for images whose pixels lie between 0 and 1. */
class SpecialisedModelsTest {
    private static final int IMAGES = 50;

    @ParameterizedTest
    @CsvSource({
        "mnist-cntk, 0..255, Parameter6, Parameter88",
        "mnist-cntk, 0..1, Parameter6, Parameter88",
        "lenet-mnist-pytorch, 0..1, body.conv2.bias, head.fc1.bias"
    })
    void theyPredictTheSameWithoutTheirDeadUnits(String name, String pixels, String first, String second) {
        Model model = Classifier.of(OnnxModel.load(SharedFiles.of("models/" + name + ".onnx")))
                .withPixels(new Pixels(pixels))
                .model();
        kill(model, first);
        kill(model, second);
        Predictor usual = model.predictor(WorkerPool.shared());
        Predictor specialised = usual.within(0, 1);

        Explanation before = usual.program(IMAGES).explain();
        Explanation after = specialised.program(IMAGES).explain();
        assertThat(after.lines().stream().flatMap(line -> line.rules().stream()))
                .contains("delete-units", "sink-scatter", "skip-zeros");
        assertThat(after.flops()).isLessThan(before.flops());
        Tensor images = images();
        float[] expected = usual.logits(images).data();
        float size = 0;
        for (float logit : expected) {
            size = Math.max(size, Math.abs(logit));
        }
        assertThat(specialised.logits(images).data()).containsExactly(expected, offset(1e-5f * size));
    }

    /** Every third unit. */
    private static void kill(Model model, String key) {
        Tensor bias = model.parameters().get(key);
        for (int unit = 1; unit < bias.data().length; unit += 3) {
            bias.data()[unit] = -1e6f;
        }
        model.parameters().set(key, bias);
    }

    private static Tensor images() {
        Dataset digits =
                Datasets.open("mnist", SharedFiles.of("datasets/mnist")).test();
        Tensor images = Tensor.zeros(digits.sampleShape().prepend(IMAGES));
        int pixels = digits.sampleShape().elements();
        for (int i = 0; i < IMAGES; i++) {
            digits.read(i, images.data(), i * pixels);
        }
        return images;
    }
}
