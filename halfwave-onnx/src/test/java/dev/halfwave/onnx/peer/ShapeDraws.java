package dev.halfwave.onnx.peer;

import dev.halfwave.onnx.file.ElementType;
import java.util.Arrays;
import java.util.List;

/** Ops that ask for shapes, change them, or make tensors of them. */
final class ShapeDraws {
    private ShapeDraws() {}

    static List<Family> families() {
        return List.of(
                new Family("shapes", 80, ShapeDraws::shape),
                new Family("reshape", 80, ShapeDraws::reshape),
                new Family("flatten", 40, ShapeDraws::flatten),
                new Family("squeeze", 60, ShapeDraws::squeeze),
                new Family("unsqueeze", 60, ShapeDraws::unsqueeze),
                new Family("transpose", 60, ShapeDraws::transpose),
                new Family("expand", 60, ShapeDraws::expand),
                new Family("blocks", 60, ShapeDraws::blocks),
                new Family("sources", 60, ShapeDraws::source));
    }

    private static NodeModel shape(Draw d) {
        int rank = d.number(0, 4);
        if (d.rarely()) {
            return new NodeModel("Size", d.opset(7)).fed(d.floats(d.sizes(rank, 1, 4)));
        }
        NodeModel model = new NodeModel("Shape", d.opset(7)).fed(d.floats(d.sizes(rank, 1, 4)));
        if (model.opset() >= 15 && d.chance()) {
            model.with("start", d.number(-5, 5));
        }
        return model.opset() >= 15 && d.chance() ? model.with("end", d.number(-5, 5)) : model;
    }

    private static NodeModel reshape(Draw d) {
        long[] sizes = d.sizes(d.number(1, 4), 1, 4);
        long[] wanted = sizes.clone();
        switch (d.number(0, 3)) {
            case 0 -> wanted = new long[] {-1};
            case 1 -> wanted[d.number(0, wanted.length - 1)] = -1;
            case 2 -> wanted[d.number(0, wanted.length - 1)] = 0;
            default -> wanted = new long[] {sizes[0], 1, -1};
        }
        return d.input(new NodeModel("Reshape", d.opset(7)).fed(d.floats(sizes)), Numbers.integers(wanted));
    }

    private static NodeModel flatten(Draw d) {
        int rank = d.number(1, 4);
        NodeModel model = new NodeModel("Flatten", d.opset(7)).fed(d.floats(d.sizes(rank, 1, 4)));
        if (d.rarely()) {
            return model;
        }
        return model.with("axis", model.opset() < 11 ? d.number(0, rank) : d.number(-rank, rank));
    }

    private static NodeModel squeeze(Draw d) {
        int rank = d.number(1, 4);
        long[] sizes = d.sizes(rank, 2, 3);
        NodeModel model = new NodeModel("Squeeze", d.opset(7));
        long[] axes = d.axes(rank, d.number(1, rank));
        if (model.opset() < 11) {
            axes = Arrays.stream(axes).map(axis -> Math.floorMod(axis, rank)).toArray();
        }
        for (long axis : axes) {
            sizes[(int) Math.floorMod(axis, (long) rank)] = 1;
        }
        model.fed(d.floats(sizes));
        if (d.rarely()) {
            return model;
        }
        return model.opset() < 13 ? model.with("axes", axes) : d.input(model, Numbers.integers(axes));
    }

    private static NodeModel unsqueeze(Draw d) {
        int rank = d.number(0, 3);
        int more = d.number(1, 2);
        NodeModel model = new NodeModel("Unsqueeze", d.opset(7)).fed(d.floats(d.sizes(rank, 1, 4)));
        long[] axes = d.axes(rank + more, more);
        if (model.opset() < 11) {
            axes = Arrays.stream(axes)
                    .map(axis -> Math.floorMod(axis, rank + more))
                    .toArray();
        }
        return model.opset() < 13 ? model.with("axes", axes) : d.input(model, Numbers.integers(axes));
    }

    private static NodeModel transpose(Draw d) {
        int rank = d.number(1, 5);
        NodeModel model = new NodeModel("Transpose", d.opset(7)).fed(d.floats(d.sizes(rank, 1, 4)));
        long[] order = Arrays.stream(d.axes(rank, rank))
                .map(axis -> Math.floorMod(axis, rank))
                .toArray();
        return d.rarely() ? model : model.with("perm", order);
    }

    private static NodeModel expand(Draw d) {
        long[] sizes = d.sizes(d.number(1, 4), 1, 4);
        NodeModel model = new NodeModel("Expand", d.opset(8)).fed(d.floats(d.stretchable(sizes)));
        return d.input(model, Numbers.integers(d.chance() ? sizes : d.stretchable(sizes)));
    }

    private static NodeModel blocks(Draw d) {
        int block = d.number(1, 3);
        long n = d.number(1, 2);
        long c = d.number(1, 3);
        long h = d.number(1, 3);
        long w = d.number(1, 3);
        if (d.chance()) {
            return new NodeModel("SpaceToDepth", d.opset(7))
                    .with("blocksize", block)
                    .fed(d.floats(n, c, h * block, w * block));
        }
        NodeModel model = new NodeModel("DepthToSpace", d.opset(7)).with("blocksize", block);
        if (model.opset() >= 11 && d.chance()) {
            model.with("mode", d.oneOf("DCR", "CRD"));
        }
        return model.fed(d.floats(n, c * block * block, h, w));
    }

    private static NodeModel source(Draw d) {
        switch (d.number(0, 2)) {
            case 0 -> {
                NodeModel model = new NodeModel("ConstantOfShape", d.opset(9));
                if (d.chance()) {
                    ElementType type = d.oneOf(ElementType.FLOAT, ElementType.INT64, ElementType.BOOL);
                    model.with("value", d.whole(type, 0, 1, 1));
                }
                return d.input(model, Numbers.integers(d.sizes(d.number(0, 3), 1, 4)));
            }
            case 1 -> {
                return constant(d, new NodeModel("Constant", d.opset(12)));
            }
            default -> {
                ElementType type = d.oneOf(ElementType.FLOAT, ElementType.INT32, ElementType.INT64);
                NodeModel model = new NodeModel("Range", d.opset(11));
                int step = d.oneOf(-2, -1, 1, 2, 3);
                double part = type == ElementType.FLOAT ? 0.25 : 0;
                d.input(model, Numbers.scalar(type, d.number(-4, 4) + part));
                d.input(model, Numbers.scalar(type, d.number(-8, 8)));
                return d.input(model, Numbers.scalar(type, step + part));
            }
        }
    }

    private static NodeModel constant(Draw d, NodeModel model) {
        return switch (d.number(0, 4)) {
            case 0 -> model.with("value_float", 1.5);
            case 1 -> model.with("value_int", 7);
            case 2 -> model.with("value_floats", new float[] {1.5f, -2});
            case 3 -> model.with("value_ints", new long[] {3, 4, 5});
            default -> model.with("value", d.floats(d.sizes(d.number(0, 3), 1, 3)));
        };
    }
}
