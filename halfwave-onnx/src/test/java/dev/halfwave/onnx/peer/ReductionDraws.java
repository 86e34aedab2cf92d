package dev.halfwave.onnx.peer;

import dev.halfwave.onnx.file.ElementType;
import java.util.List;

/** Reductions, cumulative sums and places of extremes. */
final class ReductionDraws {
    private ReductionDraws() {}

    static List<Family> families() {
        return List.of(
                new Family("reductions", 250, ReductionDraws::reduce),
                new Family("reductions of whole numbers", 60, ReductionDraws::whole),
                new Family("cumulative sums", 60, ReductionDraws::cumulative),
                new Family("places of extremes", 80, ReductionDraws::arg));
    }

    private static NodeModel reduce(Draw d) {
        String op = d.oneOf(
                "ReduceSum",
                "ReduceMean",
                "ReduceMax",
                "ReduceMin",
                "ReduceProd",
                "ReduceL1",
                "ReduceL2",
                "ReduceSumSquare",
                "ReduceLogSum",
                "ReduceLogSumExp");
        int rank = d.number(1, 4);
        Numbers x = op.equals("ReduceLogSum") ? d.between(0.1, 3, d.sizes(rank, 1, 4)) : d.floats(d.sizes(rank, 1, 4));
        return reduced(d, new NodeModel(op, d.opset(7)).fed(x), rank);
    }

    private static NodeModel whole(Draw d) {
        String op = d.oneOf("ReduceSum", "ReduceMax", "ReduceMin", "ReduceProd");
        int rank = d.number(1, 3);
        Numbers x = d.whole(d.oneOf(ElementType.INT32, ElementType.INT64), -4, 4, d.sizes(rank, 1, 4));
        return reduced(d, new NodeModel(op, d.opset(12)).fed(x), rank);
    }

    private static NodeModel reduced(Draw d, NodeModel model, int rank) {
        if (d.chance()) {
            model.with("keepdims", d.chance());
        }
        long[] axes = d.axes(rank, d.number(1, rank));
        boolean inputs = model.opset() >= (model.type().equals("ReduceSum") ? 13 : 18);
        if (!inputs) {
            // Before version 11 axes did not count from the end.
            return d.rarely() ? model : model.with("axes", model.opset() < 11 ? new long[] {rank - 1} : axes);
        }
        if (d.rarely()) {
            model.with("noop_with_empty_axes", d.chance());
        }
        return d.rarely() ? model : d.input(model, Numbers.integers(axes));
    }

    private static NodeModel cumulative(Draw d) {
        int rank = d.number(1, 3);
        NodeModel model = new NodeModel("CumSum", d.opset(11)).fed(d.floats(d.sizes(rank, 1, 5)));
        if (d.chance()) {
            model.with("exclusive", d.chance());
        }
        if (d.chance()) {
            model.with("reverse", d.chance());
        }
        return d.input(model, Numbers.scalar(d.oneOf(ElementType.INT32, ElementType.INT64), (double) d.axis(rank)));
    }

    private static NodeModel arg(Draw d) {
        int rank = d.number(1, 4);
        NodeModel model = new NodeModel(d.oneOf("ArgMax", "ArgMin"), d.opset(7));
        if (d.chance()) {
            model.with("axis", model.opset() < 11 ? d.number(0, rank - 1) : d.axis(rank));
        }
        if (d.chance()) {
            model.with("keepdims", d.chance());
        }
        if (model.opset() >= 12 && d.chance()) {
            model.with("select_last_index", d.chance());
        }
        return model.fed(d.whole(ElementType.FLOAT, -2, 2, d.sizes(rank, 1, 5)));
    }
}
