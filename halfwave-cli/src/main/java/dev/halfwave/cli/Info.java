package dev.halfwave.cli;

import dev.halfwave.compile.Explanation;
import dev.halfwave.kernel.Kernels;
import dev.halfwave.kernel.Providers;
import dev.halfwave.kernel.WorkerPool;
import dev.halfwave.nn.Model;
import dev.halfwave.onnx.Classifier;
import dev.halfwave.onnx.ModelFiles;
import dev.halfwave.onnx.OnnxModel;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code halfwave info}. */
@Command(
        name = "info",
        description = "Show what Halfwave runs on, and what is in a model.",
        sortOptions = false,
        footer = {
            "",
            "Example: halfwave info runs/lenet-strokes/model.onnx",
            "         halfwave info runs/lenet-strokes/model.onnx --explain --batch 64 --training",
            "         halfwave info runs/lenet-strokes/model.onnx --explain --range 0..1"
        })
final class Info implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(names = "--model", paramLabel = "FILE", description = "Also show the layers of this model or checkpoint.")
    private @Nullable Path model;

    @Parameters(arity = "0..1", paramLabel = "FILE", description = "The same: what is in this model or checkpoint.")
    private @Nullable Path file;

    @Mixin
    private ExplainOptions explain = new ExplainOptions();

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Override
    public Integer call() {
        if (model != null && file != null) {
            throw new ParameterException(spec.commandLine(), "expected one model, received " + model + " and " + file);
        }
        Path about = model == null ? file : model;
        explain.check(about != null);
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
        if (about != null && ModelFiles.isOnnx(about)) {
            describe(OnnxModel.load(about), facts, text);
        } else if (about != null) {
            describe(Model.load(about), facts, text);
        }
        Console.of(spec, json).result(facts, text.toString().stripTrailing());
        return 0;
    }

    private void describe(OnnxModel loaded, Map<String, Object> facts, StringBuilder text) {
        OnnxFacts inModel = OnnxFacts.of(loaded);
        facts.put("model", inModel.object());
        text.append(System.lineSeparator()).append(inModel.table());
        if (explain.wanted()) {
            explain(Classifier.of(loaded).model(), facts, text);
        }
    }

    private void describe(Model loaded, Map<String, Object> facts, StringBuilder text) {
        ModelFacts inModel = ModelFacts.of(loaded);
        facts.put("model", inModel.object());
        text.append(System.lineSeparator()).append(inModel.table());
        if (explain.wanted()) {
            explain(loaded, facts, text);
        }
    }

    private void explain(Model loaded, Map<String, Object> facts, StringBuilder text) {
        Explanation explanation = explain.of(loaded, Console.of(spec, json));
        facts.put("program", ExplainOptions.object(explanation));
        text.append(System.lineSeparator()).append(System.lineSeparator()).append(explanation);
    }

    private static void line(StringBuilder text, String name, Object value) {
        text.append(String.format(Locale.ROOT, "%-8s  %s%n", name, value));
    }
}
