package dev.halfwave.kernel;

import dev.halfwave.kernel.scalar.ScalarConvKernels;
import dev.halfwave.kernel.scalar.ScalarMatMulKernels;
import java.util.List;

/** The providers under test: plain Java always, the Vector API unless this run is without it. */
final class Subjects {
    private static final PointwiseKernels POINTWISE = new PlainPointwise();

    private Subjects() {}

    static List<String> names() {
        return List.of("scalar");
    }

    static ConvKernels conv(String provider) {
        return new ScalarConvKernels(POINTWISE);
    }

    static MatMulKernels matMul(String provider) {
        return new ScalarMatMulKernels(POINTWISE);
    }
}
