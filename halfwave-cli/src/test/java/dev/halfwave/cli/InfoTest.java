package dev.halfwave.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.halfwave.kernel.Providers;
import dev.halfwave.nn.Model;
import dev.halfwave.tensor.Tensor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InfoTest {
    @Test
    void saysWhatItRunsOn() {
        Run run = Run.of("info");
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out())
                .contains("kernels   " + Providers.report())
                .contains(Runtime.version().toString())
                .containsPattern("CPU       \\S+")
                .containsPattern("threads   \\d+")
                .containsPattern("heap      at most \\d+ MiB");
    }

    @Test
    @SuppressWarnings("unchecked")
    void showsTheLayersOfAModel() {
        Run text = Run.of("info", "--model", Trained.checkpoint());
        assertThat(text.out())
                .containsPattern("conv2d_1 +\\[28, 28, 6\\] +156  conv2d, bias_add, relu")
                .endsWith("61,706 parameters" + System.lineSeparator());
        Run onnx = Run.of("info", Trained.model());
        assertThat(onnx.out())
                .contains("opset 17", "input   images: float[N, 1, 28, 28]", "output  logits: float[N, 10]")
                .containsPattern("conv2d_1 +\\[1, .* 156  conv2d, bias_add, relu")
                .containsPattern("61,706 parameters, 0\\.\\d million operations a run");

        Map<String, Object> object =
                Run.of("info", "--json", "--model", Trained.checkpoint()).json().get(0);
        assertThat(object)
                .containsEntry("kernels", Providers.active().name())
                .containsKeys("version", "jvm", "system", "cpu", "vectorBits", "kernelsReason", "threads", "heapBytes");
        Map<String, Object> model = (Map<String, Object>) object.get("model");
        assertThat(model)
                .containsEntry("name", "lenet")
                .containsEntry("input", List.of(28L, 28L, 1L))
                .containsEntry("trainable", 61_706L);
        assertThat((List<Object>) model.get("layers")).hasSize(8);
    }

    @Test
    void explainsTheStepsOfAModel() {
        Run run = Run.of("info", "--model", Trained.model(), "--explain", "--batch", 3);
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out())
                .contains("61,706 parameters")
                .containsPattern("step +name +op +output +by +MFLOP +KiB +at +until +rules")
                .containsPattern(
                        "max_pool2d_2\\.max_pool2d +pooled_conv2d +\\[3, 5, 5, 16] .* fuse-bias, fuse-activation, fuse-max-pool")
                .containsPattern("each run +\\d");
    }

    @Test
    @SuppressWarnings("unchecked")
    void explainsAStepOfTrainingToMachines() {
        Run run = Run.of("info", "--json", "--model", Trained.model(), "--explain", "--training", "--exact");
        Map<String, Object> program = (Map<String, Object>) run.json().get(0).get("program");
        assertThat(program)
                .containsEntry("kernels", Providers.active().name())
                .containsKeys("arenaBytes", "unsharedBytes", "preparedBytes", "flops", "bytes");
        List<Map<String, Object>> steps = (List<Map<String, Object>>) program.get("steps");
        assertThat(steps)
                .allSatisfy(step -> assertThat(step)
                        .containsOnlyKeys(
                                "step",
                                "once",
                                "name",
                                "op",
                                "attributes",
                                "rules",
                                "algorithm",
                                "output",
                                "flops",
                                "bytes",
                                "place",
                                "until"));
        assertThat(steps).extracting(step -> step.get("op")).contains("conv2d_filter_gradient");
        assertThat(steps.stream().mapToLong(step -> (long) step.get("flops")).sum())
                .isEqualTo(program.get("flops"));
    }

    @Test
    void explainsWhatIsLeftForARangeOfPixels(@TempDir Path directory) {
        Model model = Model.load(Trained.checkpoint());
        Tensor bias = model.parameters().get("dense_1.bias");
        Arrays.fill(bias.data(), 7, 37, -10_000);
        model.parameters().set("dense_1.bias", bias);
        Path file = directory.resolve("model.safetensors");
        model.save(file);
        Run run = Run.of("info", file, "--explain", "--range", "0..1");
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out())
                .containsPattern("dense_1\\.relu_live +matmul +\\[1, 90] .* fuse-bias, fuse-activation, delete-units")
                .containsPattern("dense_2\\.relu +matmul +\\[1, 84] .* skip-zeros");
        assertThat(Run.of("info", file, "--explain").out()).doesNotContain("delete-units");
    }

    @Test
    void refusesToExplainNothing() {
        refuses("--explain: expected a --model to explain, received none", "--explain");
        refuses("--batch: expected --explain with it, received none", "--model", Trained.model(), "--batch", 2);
        refuses("--range: expected --explain with it, received none", "--model", Trained.model(), "--range", "0..1");
        refuses(
                "--range: expected a model that predicts, received --training",
                "--model",
                Trained.model(),
                "--explain",
                "--training",
                "--range",
                "0..1");
        refuses(
                "--range: expected two numbers, as in 0..1, received 0-1",
                "--model",
                Trained.model(),
                "--explain",
                "--range",
                "0-1");
        refuses(
                "--range: bounds: expected a range of pixels, received 1.0 to 0.0",
                "--model",
                Trained.model(),
                "--explain",
                "--range",
                "1..0");
        refuses("--batch: expected 1 or more, received 0", "--model", Trained.model(), "--explain", "--batch", 0);
    }

    private static void refuses(String message, Object... options) {
        List<Object> arguments = new ArrayList<>(List.of("info"));
        arguments.addAll(List.of(options));
        Run run = Run.of(arguments.toArray());
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).startsWith("halfwave: " + message).hasLineCount(1);
    }
}
