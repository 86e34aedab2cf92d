package dev.halfwave.kernel;

import dev.halfwave.kernel.scalar.ScalarConvKernels;
import dev.halfwave.kernel.scalar.ScalarMatMulKernels;
import dev.halfwave.kernel.simd.SimdConvKernels;
import dev.halfwave.kernel.simd.SimdMatMulKernels;
import java.util.List;

/** The providers under test: plain Java always, the Vector API unless this run is without it. */
final class Subjects {
    private static final PointwiseKernels POINTWISE = new PlainPointwise();

    private Subjects() {}

    static List<String> names() {
        boolean plainOnly = "scalar".equals(System.getProperty("halfwave.kernels"));
        return plainOnly ? List.of("scalar") : List.of("scalar", "simd");
    }

    static ConvKernels conv(String provider) {
        return provider.equals("simd") ? new SimdConvKernels(POINTWISE) : new ScalarConvKernels(POINTWISE);
    }

    static MatMulKernels matMul(String provider) {
        return provider.equals("simd") ? new SimdMatMulKernels(POINTWISE) : new ScalarMatMulKernels(POINTWISE);
    }
}
