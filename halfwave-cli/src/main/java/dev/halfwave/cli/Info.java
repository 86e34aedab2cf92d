package dev.halfwave.cli;

import dev.halfwave.inspect.LayerSummary;
import dev.halfwave.kernel.Kernels;
import dev.halfwave.kernel.Providers;
import dev.halfwave.kernel.WorkerPool;
import dev.halfwave.nn.Model;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
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
        StringBuilder text = new StringBuilder();
        line(text, "version", facts.get("version"));
        line(text, "JVM", facts.get("jvm"));
        line(text, "system", facts.get("system"));
        line(text, "CPU", facts.get("cpu"));
        line(text, "vectors", kernels.lanes() == 1 ? "none" : facts.get("vectorBits") + " bits");
        line(text, "kernels", facts.get("kernelsReason"));
        line(text, "threads", facts.get("threads"));
        line(text, "heap", "at most " + (Machine.heap() >> 20) + " MiB");
        if (model != null) {
            describe(Model.load(model), facts, text);
        }
        Console.of(spec, json).result(facts, text.toString().stripTrailing());
        return 0;
    }

    private static void line(StringBuilder text, String name, @Nullable Object value) {
        text.append(String.format(Locale.ROOT, "%-8s  %s%n", name, value));
    }

    private static void describe(Model model, Map<String, Object> facts, StringBuilder text) {
        List<LayerSummary> layers = LayerSummary.of(model.network());
        long trainable = layers.stream().mapToLong(LayerSummary::trainable).sum();
        long fixed = layers.stream().mapToLong(LayerSummary::fixed).sum();
        facts.put(
                "model",
                Json.object(
                        "name",
                        model.network().name(),
                        "input",
                        sizes(model.network().sample().sizes()),
                        "classes",
                        model.classes(),
                        "trainable",
                        trainable,
                        "fixed",
                        fixed,
                        "layers",
                        layers.stream().map(Info::object).toList()));
        text.append(String.format(
                Locale.ROOT,
                "%n%s: %s to %s%n",
                model.network().name(),
                model.network().sample(),
                String.join(", ", model.classes())));
        int widest = layers.stream().mapToInt(layer -> layer.name().length()).max().orElse(0);
        String row = "  %-" + widest + "s  %-16s  %,12d  %s%n";
        layers.forEach(layer -> text.append(String.format(
                Locale.ROOT,
                row,
                layer.name(),
                layer.output(),
                layer.trainable() + layer.fixed(),
                String.join(", ", layer.ops()))));
        text.append(String.format(
                Locale.ROOT, "%,d parameters%s", trainable, fixed == 0 ? "" : " and " + fixed + " statistics"));
    }

    private static Map<String, Object> object(LayerSummary layer) {
        return Json.object(
                "name", layer.name(),
                "ops", layer.ops(),
                "output", sizes(layer.output().sizes()),
                "trainable", layer.trainable(),
                "fixed", layer.fixed());
    }

    private static List<Integer> sizes(int[] sizes) {
        return Arrays.stream(sizes).boxed().collect(Collectors.toList());
    }
}
