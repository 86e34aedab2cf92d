package dev.halfwave.cli;

import dev.halfwave.kernel.WorkerPool;
import dev.halfwave.onnx.conformance.Case;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code halfwave conformance}. */
@Command(
        name = "conformance",
        description = "Run ONNX test cases: models with inputs, and the outputs they ought to give.",
        sortOptions = false,
        footer = {
            "",
            "A case is a folder with model.onnx, and folders test_data_set_N with input_N.pb and output_N.pb.",
            "Results may be off by a thousandth, and 1e-7, or 1e-5 where they are sums of products.",
            "",
            "Example: halfwave conformance onnx/backend/test/data/node"
        })
final class Conformance implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "DIR", description = "Where the cases are; all folders below it are searched.")
    private Path folder = Path.of("");

    @Mixin
    private Exactness exactness = new Exactness();

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Override
    public Integer call() {
        List<Case> cases = Case.below(folder);
        if (cases.isEmpty()) {
            throw new IllegalArgumentException(folder
                    + ": expected a folder with test cases in it or below, received none; a case has a model.onnx");
        }
        Console console = Console.of(spec, json);
        List<Map<String, Object>> failures = new ArrayList<>();
        for (Case one : cases) {
            Optional<String> failure = one.run(exactness.kernels(), WorkerPool.shared());
            if (failure.isPresent()) {
                failures.add(Json.object("case", one.name(), "failure", failure.get()));
                if (!json) {
                    console.result(Map.of(), one.name() + ": " + failure.get());
                }
            }
        }
        int passed = cases.size() - failures.size();
        console.result(
                Json.object("passed", passed, "failed", failures.size(), "failures", failures),
                passed + " passed, " + failures.size() + " failed");
        return failures.isEmpty() ? 0 : 1;
    }
}
