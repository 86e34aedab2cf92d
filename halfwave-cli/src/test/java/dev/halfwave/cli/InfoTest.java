package dev.halfwave.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.halfwave.kernel.Providers;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

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
        Run text = Run.of("info", "--model", Trained.model());
        assertThat(text.out())
                .containsPattern("conv2d_1 +\\[28, 28, 6\\] +156  conv2d, bias_add, relu")
                .endsWith("61,706 parameters" + System.lineSeparator());

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
}
