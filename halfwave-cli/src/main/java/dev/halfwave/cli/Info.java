package dev.halfwave.cli;

import dev.halfwave.kernel.Kernels;
import dev.halfwave.kernel.Providers;
import dev.halfwave.kernel.WorkerPool;
import dev.halfwave.nn.Model;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
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
        String text = text(facts);
        if (model != null) {
            ModelFacts inModel = ModelFacts.of(Model.load(model));
            facts.put("model", inModel.object());
            text += System.lineSeparator().repeat(2) + inModel.table();
        }
        Console.of(spec, json).result(facts, text);
        return 0;
    }

    private static String text(Map<String, Object> facts) {
        Map<String, Object> lines = Json.object(
                "version", facts.get("version"),
                "JVM", facts.get("jvm"),
                "system", facts.get("system"),
                "CPU", facts.get("cpu"),
                "vectors", facts.get("vectorBits") + " bits at once",
                "kernels", facts.get("kernelsReason"),
                "threads", facts.get("threads"),
                "heap", "at most " + (Machine.heap() >> 20) + " MiB");
        return lines.entrySet().stream()
                .map(line -> String.format(Locale.ROOT, "%-8s  %s", line.getKey(), line.getValue()))
                .collect(Collectors.joining(System.lineSeparator()));
    }
}
