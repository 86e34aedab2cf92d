package dev.halfwave.onnx.peer;

import dev.halfwave.onnx.file.ElementType;
import java.util.List;

/** Operators between tensors. */
final class ArithmeticDraws {
    private ArithmeticDraws() {}

    static List<Family> families() {
        return List.of(
                new Family("arithmetic", 120, ArithmeticDraws::arithmetic),
                new Family("whole numbers", 100, ArithmeticDraws::whole),
                new Family("powers", 60, ArithmeticDraws::power),
                new Family("remainders", 60, ArithmeticDraws::modulo),
                new Family("over any number", 80, ArithmeticDraws::over),
                new Family("comparisons", 100, ArithmeticDraws::compare),
                new Family("logic", 60, ArithmeticDraws::logic),
                new Family("where", 60, ArithmeticDraws::where),
                new Family("clip", 80, ArithmeticDraws::clip),
                new Family("clip of whole numbers", 30, ArithmeticDraws::clipWhole),
                new Family("casts", 80, ArithmeticDraws::cast));
    }

    /** Two tensors, either of which is stretched. */
    private static NodeModel pair(Draw d, NodeModel model, Numbers a, Numbers b) {
        return d.input(model.fed(a), b);
    }

    private static NodeModel arithmetic(Draw d) {
        long[] sizes = d.sizes(d.number(0, 4), 1, 4);
        Numbers a = d.floats(d.stretchable(sizes));
        Numbers b = d.between(0.5, 2, d.stretchable(sizes));
        String type = d.oneOf("Add", "Sub", "Mul", "Div", "PRelu");
        if (type.equals("PRelu")) {
            return pair(d, new NodeModel(type, d.opset(7)), d.floats(sizes), d.floats(d.stretchable(sizes)));
        }
        return pair(d, new NodeModel(type, d.opset(7)), a, b);
    }

    private static NodeModel whole(Draw d) {
        long[] sizes = d.sizes(d.number(0, 3), 1, 4);
        ElementType type = d.oneOf(ElementType.INT32, ElementType.INT64);
        String op = d.oneOf("Add", "Sub", "Mul", "Div", "Max", "Min");
        NodeModel model = new NodeModel(op, d.opset(op.startsWith("M") ? 12 : 7));
        return pair(d, model, d.whole(type, -9, 9, d.stretchable(sizes)), d.divisors(type, 4, d.stretchable(sizes)));
    }

    private static NodeModel power(Draw d) {
        long[] sizes = d.sizes(d.number(0, 3), 1, 4);
        if (d.rarely()) {
            Numbers exponent = d.oneOf(Numbers.scalar(ElementType.FLOAT, 2), Numbers.scalar(ElementType.FLOAT, 3));
            return pair(d, new NodeModel("Pow", d.opset(7)), d.floats(sizes), exponent);
        }
        long opset = d.opset(7);
        ElementType type =
                opset >= 12 ? d.oneOf(ElementType.FLOAT, ElementType.INT32, ElementType.INT64) : ElementType.FLOAT;
        Numbers base = opset >= 12 && d.rarely()
                ? d.whole(ElementType.INT32, 1, 5, d.stretchable(sizes))
                : d.between(0.2, 3, d.stretchable(sizes));
        int low = base.type() == ElementType.INT32 ? 0 : -3;
        return pair(d, new NodeModel("Pow", opset), base, d.whole(type, low, 3, d.stretchable(sizes)));
    }

    private static NodeModel modulo(Draw d) {
        long[] sizes = d.sizes(d.number(0, 3), 1, 4);
        ElementType type = d.oneOf(ElementType.INT32, ElementType.INT64, ElementType.FLOAT);
        boolean ofC = type == ElementType.FLOAT || d.chance();
        NodeModel model = new NodeModel("Mod", d.opset(10));
        if (ofC || d.chance()) {
            model.with("fmod", ofC);
        }
        Numbers a = type == ElementType.FLOAT
                ? d.between(-9, 9, d.stretchable(sizes))
                : d.whole(type, -9, 9, d.stretchable(sizes));
        return pair(d, model, a, d.divisors(type, 4, d.stretchable(sizes)));
    }

    private static NodeModel over(Draw d) {
        long[] sizes = d.sizes(d.number(0, 4), 1, 3);
        NodeModel model = new NodeModel(d.oneOf("Sum", "Mean", "Max", "Min"), d.opset(8));
        int count = d.number(1, 4);
        model.fed(d.floats(d.stretchable(sizes)));
        for (int i = 1; i < count; i++) {
            d.input(model, d.floats(d.stretchable(sizes)));
        }
        return model;
    }

    private static NodeModel compare(Draw d) {
        long[] sizes = d.sizes(d.number(0, 4), 1, 3);
        String op = d.oneOf("Equal", "Less", "Greater", "LessOrEqual", "GreaterOrEqual");
        NodeModel model = new NodeModel(op, d.opset(op.endsWith("OrEqual") ? 12 : op.equals("Equal") ? 11 : 9));
        ElementType type = d.oneOf(ElementType.FLOAT, ElementType.INT32, ElementType.INT64);
        return pair(d, model, d.whole(type, -2, 2, d.stretchable(sizes)), d.whole(type, -2, 2, d.stretchable(sizes)));
    }

    private static NodeModel logic(Draw d) {
        long[] sizes = d.sizes(d.number(0, 4), 1, 3);
        String op = d.oneOf("And", "Or", "Xor", "Not");
        NodeModel model = new NodeModel(op, d.opset(7));
        return op.equals("Not")
                ? model.fed(d.booleans(sizes))
                : pair(d, model, d.booleans(d.stretchable(sizes)), d.booleans(d.stretchable(sizes)));
    }

    private static NodeModel where(Draw d) {
        long[] sizes = d.sizes(d.number(0, 4), 1, 3);
        NodeModel model = d.input(new NodeModel("Where", d.opset(9)), d.booleans(d.stretchable(sizes)));
        if (d.rarely()) {
            Numbers x = d.whole(ElementType.INT64, -9, 9, d.stretchable(sizes));
            return pair(d, model, x, d.whole(ElementType.INT64, -9, 9, d.stretchable(sizes)));
        }
        return pair(d, model, d.floats(d.stretchable(sizes)), d.floats(d.stretchable(sizes)));
    }

    private static NodeModel clip(Draw d) {
        long opset = d.opset(7);
        NodeModel model = new NodeModel("Clip", opset).fed(d.between(-9, 9, d.sizes(d.number(0, 4), 1, 4)));
        double low = d.oneOf(0.0, -1.5, 0.25);
        double high = d.oneOf(6.0, 1.0, 4.5);
        if (opset < 11) {
            if (d.chance()) {
                model.with("min", low);
            }
            return d.chance() ? model.with("max", high) : model;
        }
        switch (d.number(0, 3)) {
            case 0 -> d.input(model, Numbers.scalar(ElementType.FLOAT, low));
            case 1 -> d.input(model.absent(), Numbers.scalar(ElementType.FLOAT, high));
            case 2 ->
                d.input(
                        d.input(model, Numbers.scalar(ElementType.FLOAT, low)),
                        Numbers.scalar(ElementType.FLOAT, high));
            default -> model.outputs(1);
        }
        return model;
    }

    private static NodeModel clipWhole(Draw d) {
        ElementType type = d.oneOf(ElementType.INT32, ElementType.INT64);
        NodeModel model = new NodeModel("Clip", d.opset(12)).fed(d.whole(type, -9, 9, d.sizes(2, 1, 4)));
        return d.input(d.input(model, Numbers.scalar(type, -3)), Numbers.scalar(type, d.number(-5, 5)));
    }

    private static NodeModel cast(Draw d) {
        ElementType from = d.oneOf(ElementType.FLOAT, ElementType.INT32, ElementType.INT64, ElementType.BOOL);
        ElementType to = d.oneOf(ElementType.FLOAT, ElementType.INT32, ElementType.INT64, ElementType.BOOL);
        long[] sizes = d.sizes(d.number(0, 3), 1, 4);
        Numbers x = switch (from) {
            case FLOAT -> d.between(-5, 5, sizes);
            case BOOL -> d.booleans(sizes);
            default -> d.whole(from, -2, 2, sizes);
        };
        if (d.rarely()) {
            Numbers like = to == ElementType.BOOL ? d.booleans(1) : d.whole(to, 0, 1, 1);
            return d.input(new NodeModel("CastLike", d.opset(15)).fed(x), like);
        }
        return new NodeModel("Cast", d.opset(9)).with("to", to.code()).fed(x);
    }
}
