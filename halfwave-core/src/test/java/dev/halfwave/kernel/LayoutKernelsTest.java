package dev.halfwave.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds every provider's transposes against the equation that defines them. */
@Tag("kernels")
class LayoutKernelsTest {
    private static final int[] SIZES = {0, 1, 2, 3, 15, 16, 17, 31, 32, 33, 100};

    @ParameterizedTest
    @MethodSource("dev.halfwave.kernel.Each#provider")
    void rowsBecomeColumns(Kernels kernels) {
        for (int rows : SIZES) {
            for (int columns : SIZES) {
                check(kernels, rows, columns, 0);
                check(kernels, rows, columns, 5);
            }
        }
    }

    private static void check(Kernels kernels, int rows, int columns, int gap) {
        Random random = new Random(1000L * rows + columns);
        int fromStride = columns + gap;
        int toStride = rows + gap;
        Area from = Area.random(random, rows * fromStride);
        Area to = Area.random(random, columns * toStride);
        float[] before = to.values();
        kernels.layout()
                .transpose(from.array(), from.start(), fromStride, to.array(), to.start(), toStride, rows, columns);
        String what = kernels.name() + " " + rows + " × " + columns + ", gap " + gap;
        for (int i = 0; i < to.length(); i++) {
            int r = i % toStride;
            float expected = r < rows ? from.get(r * fromStride + i / toStride) : before[i];
            assertThat(to.get(i)).as("%s, element %d", what, i).isEqualTo(expected);
        }
        to.assertIntact(what);
    }
}
