package dev.halfwave.onnx.peer;

import dev.halfwave.onnx.file.ElementType;
import java.util.List;

/** Functions of every element, and those along an axis that go with them. */
final class PointwiseDraws {
    private PointwiseDraws() {}

    static List<Family> families() {
        return List.of(
                new Family("functions", 200, PointwiseDraws::function),
                new Family("activations", 200, PointwiseDraws::activation),
                new Family("softmaxes", 120, PointwiseDraws::softmax),
                new Family("what is no number", 40, PointwiseDraws::special),
                new Family("what passes", 40, PointwiseDraws::identity));
    }

    private static NodeModel function(Draw d) {
        String op = d.oneOf(
                "Abs",
                "Neg",
                "Exp",
                "Log",
                "Sqrt",
                "Erf",
                "Floor",
                "Ceil",
                "Round",
                "Sign",
                "Sin",
                "Cos",
                "Tan",
                "Asin",
                "Acos",
                "Atan",
                "Sinh",
                "Cosh",
                "Asinh",
                "Acosh",
                "Atanh",
                "Reciprocal");
        long[] sizes = d.sizes(d.number(0, 4), 1, 4);
        Numbers x = switch (op) {
            case "Log", "Sqrt", "Reciprocal" -> d.between(0.01, 9, sizes);
            case "Asin", "Acos", "Atanh" -> d.between(-0.99, 0.99, sizes);
            case "Tan" -> d.between(-1.4, 1.4, sizes);
            case "Acosh" -> d.between(1.01, 9, sizes);
            case "Round" -> Numbers.of(ElementType.FLOAT, sizes, i -> d.number(-20, 20) / 4.0);
            default -> d.between(-4, 4, sizes);
        };
        return new NodeModel(op, d.opset(op.equals("Round") ? 11 : 9)).fed(x);
    }

    private static NodeModel activation(Draw d) {
        String op = d.oneOf(
                "Relu",
                "LeakyRelu",
                "ThresholdedRelu",
                "Elu",
                "Celu",
                "Selu",
                "Gelu",
                "Sigmoid",
                "HardSigmoid",
                "HardSwish",
                "Mish",
                "Tanh",
                "Softplus",
                "Softsign",
                "Shrink");
        long first = switch (op) {
            case "Celu" -> 12;
            case "HardSwish" -> 14;
            case "Mish" -> 18;
            case "Gelu" -> 20;
            case "ThresholdedRelu" -> 10;
            default -> 9;
        };
        NodeModel model = new NodeModel(op, d.opset(first)).fed(d.between(-8, 8, d.sizes(d.number(0, 4), 1, 5)));
        if (d.rarely()) {
            return model;
        }
        return switch (op) {
            case "LeakyRelu" -> model.with("alpha", d.oneOf(0.1, 0.3, -0.5));
            case "Elu", "Celu", "ThresholdedRelu" -> model.with("alpha", d.oneOf(0.5, 2.0, 1.5));
            case "Selu" -> model.with("alpha", 1.5).with("gamma", d.oneOf(0.5, 2.0));
            case "HardSigmoid" -> model.with("alpha", d.oneOf(0.3, 0.1)).with("beta", d.oneOf(0.4, 0.6));
            case "Gelu" -> model.with("approximate", d.oneOf("none", "tanh"));
            case "Shrink" -> model.with("lambd", d.oneOf(1.5, 0.2)).with("bias", d.oneOf(0.0, 1.5, 0.1));
            default -> model;
        };
    }

    private static NodeModel softmax(Draw d) {
        int rank = d.number(1, 4);
        NodeModel model = new NodeModel(d.oneOf("Softmax", "LogSoftmax", "Hardmax"), d.opset(7));
        if (d.chance() || rank == 1 && model.opset() < 13) {
            // Before version 11 axes did not count from the end.
            model.with("axis", model.opset() < 11 ? d.number(0, rank - 1) : d.axis(rank));
        }
        return model.fed(d.floats(d.sizes(rank, 1, 5)));
    }

    private static NodeModel special(Draw d) {
        double[] values = {1, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, 0, -2};
        Numbers x = Numbers.of(ElementType.FLOAT, d.sizes(2, 1, 4), i -> values[d.number(0, values.length - 1)]);
        if (d.rarely()) {
            return new NodeModel("IsNaN", d.opset(9)).fed(x);
        }
        NodeModel model = new NodeModel("IsInf", d.opset(10)).fed(x);
        if (d.chance()) {
            model.with("detect_negative", d.chance());
        }
        return d.chance() ? model.with("detect_positive", d.chance()) : model;
    }

    private static NodeModel identity(Draw d) {
        Numbers x = d.floats(d.sizes(d.number(0, 4), 1, 4));
        if (d.chance()) {
            return new NodeModel("Identity", d.opset(7)).fed(x);
        }
        NodeModel model = new NodeModel("Dropout", d.opset(7)).fed(x);
        if (model.opset() >= 12) {
            return d.chance()
                    ? model
                    : model.held(Numbers.scalar(ElementType.FLOAT, 0.3)).outputs(d.number(1, 2));
        }
        return model.with("ratio", 0.3);
    }
}
