package dev.halfwave.onnx.peer;

import java.util.List;

/** Normalisations and products of matrices. */
final class NormDraws {
    private NormDraws() {}

    static List<Family> families() {
        return List.of(
                new Family("batch norms", 60, NormDraws::batch),
                new Family("instance norms", 40, NormDraws::instance),
                new Family("group norms", 60, NormDraws::group),
                new Family("layer norms", 80, NormDraws::layer),
                new Family("lp norms", 40, NormDraws::lp),
                new Family("local response norms", 60, NormDraws::localResponse),
                new Family("mean and variance", 40, NormDraws::meanVariance),
                new Family("gemm", 100, NormDraws::gemm),
                new Family("matmul", 120, NormDraws::matMul));
    }

    private static NodeModel batch(Draw d) {
        NodeModel model = new NodeModel("BatchNormalization", d.opset(7));
        long[] sizes = d.sizes(d.number(2, 4), 1, 4);
        long c = sizes[1];
        if (d.chance()) {
            model.with("epsilon", 0.01);
        }
        model.fed(d.floats(sizes));
        d.input(d.input(model, d.floats(c)), d.floats(c));
        return d.input(d.input(model, d.floats(c)), d.between(0.2, 2, c));
    }

    private static NodeModel instance(Draw d) {
        long[] sizes = d.sizes(d.number(3, 4), 2, 4);
        NodeModel model = new NodeModel("InstanceNormalization", d.opset(7)).fed(d.floats(sizes));
        return d.input(d.input(model, d.floats(sizes[1])), d.floats(sizes[1])).with("epsilon", 0.01);
    }

    private static NodeModel group(Draw d) {
        long[] sizes = d.sizes(d.number(3, 4), 2, 4);
        int groups = d.number(1, 3);
        sizes[1] = groups * (long) d.number(1, 3);
        NodeModel model = new NodeModel("GroupNormalization", d.opset(18)).with("num_groups", groups);
        long scales = model.opset() < 21 ? groups : sizes[1];
        return d.input(d.input(model.fed(d.floats(sizes)), d.floats(scales)), d.floats(scales));
    }

    private static NodeModel layer(Draw d) {
        long[] sizes = d.sizes(d.number(1, 4), 2, 4);
        int axis = d.number(0, sizes.length - 1);
        NodeModel model = new NodeModel("LayerNormalization", d.opset(17))
                .with("axis", d.chance() ? axis : axis - sizes.length)
                .with("epsilon", d.oneOf(1e-5, 0.01));
        long[] normalized = java.util.Arrays.copyOfRange(sizes, axis, sizes.length);
        d.input(model.fed(d.floats(sizes)), d.floats(normalized));
        return (d.chance() ? d.input(model, d.floats(normalized)) : model).outputs(d.oneOf(1, 3));
    }

    private static NodeModel lp(Draw d) {
        int rank = d.number(1, 4);
        return new NodeModel("LpNormalization", d.opset(7))
                .with("p", d.number(1, 2))
                .with("axis", d.axis(rank))
                .fed(d.floats(d.sizes(rank, 1, 4)));
    }

    private static NodeModel localResponse(Draw d) {
        NodeModel model = new NodeModel("LRN", d.opset(7)).with("size", 1 + 2 * d.number(0, 3));
        if (d.chance()) {
            model.with("alpha", 0.5).with("beta", 0.6).with("bias", 2.0);
        }
        return model.fed(d.floats(d.sizes(4, 1, 6)));
    }

    private static NodeModel meanVariance(Draw d) {
        NodeModel model = new NodeModel("MeanVarianceNormalization", d.opset(9)).fed(d.floats(d.sizes(4, 2, 4)));
        return d.chance() ? model : model.with("axes", d.oneOf(new long[] {0, 2, 3}, new long[] {2, 3}));
    }

    private static NodeModel gemm(Draw d) {
        long m = d.number(1, 5);
        long k = d.number(1, 5);
        long n = d.number(1, 5);
        NodeModel model = new NodeModel("Gemm", d.opset(7));
        boolean transposeA = d.chance();
        boolean transposeB = d.chance();
        model.with("transA", transposeA).with("transB", transposeB);
        if (d.chance()) {
            model.with("alpha", 0.5).with("beta", 2.0);
        }
        model.fed(d.floats(transposeA ? new long[] {k, m} : new long[] {m, k}));
        d.input(model, d.floats(transposeB ? new long[] {n, k} : new long[] {k, n}));
        return model.opset() >= 11 && d.rarely() ? model : d.input(model, d.floats(d.stretchable(m, n)));
    }

    private static NodeModel matMul(Draw d) {
        long[] leading = d.sizes(d.number(0, 2), 1, 3);
        long k = d.number(1, 5);
        long[] a = d.rarely() ? new long[] {k} : joined(d.stretchable(leading), d.number(1, 5), k);
        long[] b = d.rarely() ? new long[] {k} : joined(d.stretchable(leading), k, d.number(1, 5));
        return d.input(new NodeModel("MatMul", d.opset(7)).fed(d.floats(a)), d.floats(b));
    }

    private static long[] joined(long[] leading, long rows, long columns) {
        long[] sizes = java.util.Arrays.copyOf(leading, leading.length + 2);
        sizes[leading.length] = rows;
        sizes[leading.length + 1] = columns;
        return sizes;
    }
}
