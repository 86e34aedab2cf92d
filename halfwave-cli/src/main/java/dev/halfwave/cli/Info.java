package dev.halfwave.cli;

import dev.halfwave.kernel.Kernels;
import dev.halfwave.kernel.Providers;
import dev.halfwave.kernel.WorkerPool;
import dev.halfwave.nn.Model;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code halfwave info}. */
@Command(
        name = "info",
        description = "Show what Halfwave runs on, and what is in a model.",
        sortOptions = false,
        footer = {"", "Example: halfwave info --model runs/lenet-strokes/model.safetensors"})
final class Info implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(names = "--model", paramLabel = "FILE", description = "Also show the layers of this model or checkpoint.")
    private @Nullable Path model;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Override
    public Integer call() {
        Kernels kernels = Providers.active();
        Map<String, Object> facts = Json.object(
                "version", Halfwave.Version.ofHalfwave(),
                "jvm", Machine.jvm(),
                "system", Machine.system(),
                "cpu", Machine.cpu(),
                "vectorBits", kernels.lanes() * Float.SIZE,
                "kernels", kernels.name(),
                "kernelsReason", Providers.report(),
                "threads", WorkerPool.defaultThreads(),
                "heapBytes", Machine.heap());
        StringBuilder text = new StringBuilder();
        line(text, "version", Halfwave.Version.ofHalfwave());
        line(text, "JVM", Machine.jvm());
        line(text, "system", Machine.system());
        line(text, "CPU", Machine.cpu());
        line(text, "vectors", kernels.lanes() * Float.SIZE + " bits at once");
        line(text, "kernels", Providers.report());
        line(text, "threads", WorkerPool.defaultThreads());
        line(text, "heap", "at most " + (Machine.heap() >> 20) + " MiB");
        if (model != null) {
            ModelFacts inModel = ModelFacts.of(Model.load(model));
            facts.put("model", inModel.object());
            text.append(System.lineSeparator()).append(inModel.table());
        }
        Console.of(spec, json).result(facts, text.toString().stripTrailing());
        return 0;
    }

    private static void line(StringBuilder text, String name, Object value) {
        text.append(String.format(Locale.ROOT, "%-8s  %s%n", name, value));
    }
}
