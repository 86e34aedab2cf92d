package dev.halfwave.onnx.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.halfwave.kernel.Kernels;
import dev.halfwave.kernel.Providers;
import dev.halfwave.kernel.WorkerPool;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

/** ONNX's own backend tests, as far as they are at hand, on the kernels that this run is for. */
class ConformanceTest {
    @Test
    void everyCasePasses(TestReporter reporter) {
        run(Providers.active(), "default kernels", reporter);
    }

    @Test
    void everyCasePassesWithExactKernels(TestReporter reporter) {
        run(Providers.active().exact(), "exact kernels", reporter);
    }

    private static void run(Kernels kernels, String what, TestReporter reporter) {
        List<Case> cases = Case.below(folder());
        List<String> failures = new ArrayList<>();
        for (Case test : cases) {
            test.run(kernels, WorkerPool.shared()).ifPresent(failure -> failures.add(test.name() + ": " + failure));
        }
        int passed = cases.size() - failures.size();
        reporter.publishEntry(what, passed + " passed, " + failures.size() + " failed of " + cases.size());
        assertThat(cases).hasSizeGreaterThan(300);
        assertThat(failures).isEmpty();
    }

    /** Without the cases the test is skipped, or fails on a continuous-integration server. */
    private static Path folder() {
        Path repository = Path.of("").toAbsolutePath().getParent();
        Map<String, String> environment = System.getenv();
        Path shared = repository.resolve(environment.getOrDefault("HALFWAVE_DATA", "../shared"));
        Path folder = shared.resolve("conformance").resolve("onnx").normalize();
        if (!Files.isDirectory(folder)) {
            String reason = folder + ": expected ONNX's conformance cases; set HALFWAVE_DATA to the folder that has"
                    + " conformance/onnx";
            if ("true".equals(environment.get("CI"))) {
                throw new AssertionError(reason);
            }
            assumeTrue(false, reason);
        }
        return folder;
    }
}
