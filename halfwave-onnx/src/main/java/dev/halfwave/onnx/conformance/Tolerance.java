package dev.halfwave.onnx.conformance;

import dev.halfwave.onnx.OnnxModel;
import dev.halfwave.onnx.file.Literal;
import java.util.Optional;
import java.util.Set;

/**
 * How far results may be off, as ONNX's own runner has it: by a share of what is expected, and a little more.
 *
 * @param relative the share
 * @param absolute what may come on top
 */
record Tolerance(double relative, double absolute) {
    private static final Tolerance USUAL = new Tolerance(1e-3, 1e-7);
    private static final Tolerance OF_SUMS = new Tolerance(1e-3, 1e-5);

    /** Ops whose results are sums of many products, which cancel. */
    private static final Set<String> SUMS = Set.of(
            "Conv",
            "ConvTranspose",
            "Gemm",
            "MatMul",
            "RNN",
            "LSTM",
            "GRU",
            "Resize",
            "LayerNormalization",
            "InstanceNormalization",
            "GroupNormalization",
            "MeanVarianceNormalization");

    static Tolerance of(OnnxModel model) {
        return model.nodes().stream().anyMatch(node -> SUMS.contains(node.type())) ? OF_SUMS : USUAL;
    }

    /** In what a result differs from what is expected, if it does by more than it may. */
    Optional<String> difference(Literal expected, Literal received) {
        if (!expected.shape().equals(received.shape())) {
            return Optional.of("expected shape " + expected.shape() + ", received " + received.shape());
        }
        if (expected.type() != received.type()) {
            return Optional.of("expected elements of type " + expected.type() + ", received " + received.type());
        }
        double[] wanted = expected.wide().data();
        double[] found = received.wide().data();
        int worst = -1;
        double worstExcess = 0;
        for (int i = 0; i < wanted.length; i++) {
            double excess = excess(wanted[i], found[i]);
            if (!(excess <= worstExcess)) {
                worst = i;
                worstExcess = excess;
            }
        }
        return worst < 0
                ? Optional.empty()
                : Optional.of("expected " + wanted[worst] + " as element " + worst + " of " + expected.shape()
                        + ", received " + found[worst] + "; largest error " + Math.abs(wanted[worst] - found[worst]));
    }

    private double excess(double wanted, double found) {
        if (wanted == found || Double.isNaN(wanted) && Double.isNaN(found)) {
            return 0;
        }
        double error = Math.abs(wanted - found);
        double allowed = absolute + relative * Math.abs(wanted);
        return error <= allowed ? 0 : Double.isNaN(error) ? Double.POSITIVE_INFINITY : error;
    }
}
