package dev.halfwave.kernel.simd;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;

@Tag("kernels")
@DisabledIfSystemProperty(
        named = "halfwave.kernels",
        matches = "scalar",
        disabledReason = "runs without the Vector API")
class RowLoopsTest {
    /** Enough to pass through every compiler: JDK 25's last one reorders {@code reduceLanes}. */
    private static final int CALLS = 20_000;

    @Test
    void sumsHaveTheSameBitsInterpretedAndCompiled() {
        int n = 1000;
        Random random = new Random(3);
        float[] x = new float[n];
        float[] y = new float[n];
        for (int i = 0; i < n; i++) {
            x[i] = random.nextFloat() - 0.5f;
            y[i] = random.nextFloat() - 0.5f;
        }
        float sum = RowLoops.sum(x, 0, n);
        float dot = RowLoops.dot(x, 0, y, 0, n);
        float excess = RowLoops.excess(x, 0, 0.1f, 0.2f, n);
        for (int call = 1; call < CALLS; call++) {
            assertThat(RowLoops.sum(x, 0, n)).as("sum, call %d", call).isEqualTo(sum);
            assertThat(RowLoops.dot(x, 0, y, 0, n)).as("dot, call %d", call).isEqualTo(dot);
            assertThat(RowLoops.excess(x, 0, 0.1f, 0.2f, n))
                    .as("excess, call %d", call)
                    .isEqualTo(excess);
        }
    }
}
