package dev.halfwave.onnx.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.halfwave.kernel.Kernels;
import dev.halfwave.kernel.Providers;
import dev.halfwave.kernel.WorkerPool;
import dev.halfwave.onnx.SharedFiles;
import java.util.ArrayList;
import java.util.List;
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
        List<Case> cases = Case.below(SharedFiles.of("conformance/onnx"));
        List<String> failures = new ArrayList<>();
        for (Case test : cases) {
            test.run(kernels, WorkerPool.shared()).ifPresent(failure -> failures.add(test.name() + ": " + failure));
        }
        int passed = cases.size() - failures.size();
        reporter.publishEntry(what, passed + " passed, " + failures.size() + " failed of " + cases.size());
        assertThat(cases).hasSizeGreaterThan(300);
        assertThat(failures).isEmpty();
    }
}
