package dev.halfwave.onnx.peer;

import dev.halfwave.onnx.file.ElementType;
import java.util.Arrays;
import java.util.List;

/** Ops that take tensors apart or put them together. */
final class PieceDraws {
    private PieceDraws() {}

    static List<Family> families() {
        return List.of(
                new Family("concat", 60, PieceDraws::concat),
                new Family("split", 100, PieceDraws::split),
                new Family("slice", 150, PieceDraws::slice),
                new Family("gather", 80, PieceDraws::gather),
                new Family("gather of elements", 60, PieceDraws::gatherElements),
                new Family("gather of pieces", 80, PieceDraws::gatherPieces),
                new Family("tile", 40, PieceDraws::tile),
                new Family("pad", 200, PieceDraws::pad),
                new Family("crops", 40, PieceDraws::center));
    }

    private static NodeModel concat(Draw d) {
        int rank = d.number(1, 4);
        long[] sizes = d.sizes(rank, 1, 3);
        int axis = d.number(0, rank - 1);
        NodeModel model = new NodeModel("Concat", d.opset(7));
        model.with("axis", model.opset() >= 11 && d.chance() ? axis - rank : axis);
        int count = d.number(1, 4);
        for (int i = 0; i < count; i++) {
            long[] part = sizes.clone();
            part[axis] = d.number(1, 4);
            if (i == 0) {
                model.fed(d.floats(part));
            } else {
                d.input(model, d.floats(part));
            }
        }
        return model;
    }

    private static NodeModel split(Draw d) {
        int rank = d.number(1, 3);
        int axis = d.number(0, rank - 1);
        int parts = d.number(1, 3);
        long[] sizes = d.sizes(rank, 1, 4);
        NodeModel model = new NodeModel("Split", d.opset(7)).outputs(parts);
        model.with("axis", model.opset() >= 11 && d.chance() ? axis - rank : axis);
        if (d.chance()) {
            long[] lengths = d.sizes(parts, 1, 3);
            sizes[axis] = Arrays.stream(lengths).sum();
            model.fed(d.floats(sizes));
            return model.opset() < 13 ? model.with("split", lengths) : d.input(model, Numbers.integers(lengths));
        }
        boolean uneven = model.opset() >= 18 && d.chance();
        sizes[axis] = uneven ? 2L * parts + 1 : 2L * parts;
        if (uneven && 3L * (parts - 1) > sizes[axis]) {
            sizes[axis] = 3L * parts - 1;
        }
        model.fed(d.floats(sizes));
        return model.opset() >= 18 ? model.with("num_outputs", parts) : model;
    }

    private static NodeModel slice(Draw d) {
        int rank = d.number(1, 4);
        int count = d.number(1, rank);
        NodeModel model = new NodeModel("Slice", d.opset(7)).fed(d.floats(d.sizes(rank, 2, 6)));
        long[] starts = d.sizes(count, -8, 8);
        long[] ends = d.sizes(count, -8, 8);
        boolean open = d.rarely();
        if (open) {
            ends[0] = d.oneOf(Long.MAX_VALUE, (long) Integer.MAX_VALUE);
        }
        if (model.opset() < 10) {
            model.with("starts", starts).with("ends", ends);
            return d.chance() ? model : model.with("axes", positive(d.axes(rank, count), rank));
        }
        d.input(d.input(model, Numbers.integers(starts)), Numbers.integers(ends));
        boolean named = d.chance();
        if (named) {
            d.input(model, Numbers.integers(d.axes(rank, count)));
        } else {
            model.absent();
        }
        if (d.chance()) {
            long[] steps = new long[count];
            // ONNX Runtime takes the largest end for the smallest where steps go back.
            Arrays.setAll(steps, i -> i == 0 && open ? d.number(1, 3) : d.oneOf(-3, -2, -1, 1, 2, 3));
            d.input(model, Numbers.integers(steps));
        }
        return model;
    }

    private static long[] positive(long[] axes, int rank) {
        return Arrays.stream(axes).map(axis -> Math.floorMod(axis, (long) rank)).toArray();
    }

    private static NodeModel gather(Draw d) {
        int rank = d.number(1, 4);
        long[] sizes = d.sizes(rank, 1, 4);
        int axis = d.number(0, rank - 1);
        NodeModel model = new NodeModel("Gather", d.opset(7)).fed(d.floats(sizes));
        model.with("axis", d.chance() ? axis - rank : axis);
        int length = (int) sizes[axis];
        int low = model.opset() >= 11 ? -length : 0;
        ElementType type = d.oneOf(ElementType.INT32, ElementType.INT64);
        return d.input(model, d.whole(type, low, length - 1, d.sizes(d.number(0, 3), 1, 3)));
    }

    private static NodeModel gatherElements(Draw d) {
        int rank = d.number(1, 4);
        long[] sizes = d.sizes(rank, 2, 4);
        int axis = d.number(0, rank - 1);
        long[] places = sizes.clone();
        places[axis] = d.number(1, 5);
        places[d.number(0, rank - 1)] = 1;
        NodeModel model = new NodeModel("GatherElements", d.opset(11)).with("axis", d.chance() ? axis : axis - rank);
        int length = (int) sizes[axis];
        return d.input(model.fed(d.floats(sizes)), d.whole(ElementType.INT64, -length, length - 1, places));
    }

    private static NodeModel gatherPieces(Draw d) {
        int rank = d.number(1, 4);
        long[] sizes = d.sizes(rank, 1, 4);
        NodeModel model = new NodeModel("GatherND", d.opset(11)).fed(d.floats(sizes));
        int shared = model.opset() >= 12 ? d.number(0, rank - 1) : 0;
        int depth = d.number(1, rank - shared);
        if (shared > 0) {
            model.with("batch_dims", shared);
        }
        long[] free = d.sizes(d.number(0, 2), 1, 3);
        long[] places = Arrays.copyOf(sizes, shared + free.length + 1);
        System.arraycopy(free, 0, places, shared, free.length);
        places[places.length - 1] = depth;
        return d.input(model, Numbers.of(ElementType.INT64, places, i -> {
            int length = (int) sizes[shared + i % depth];
            return d.number(-length, length - 1);
        }));
    }

    private static NodeModel tile(Draw d) {
        int rank = d.number(1, 4);
        NodeModel model = new NodeModel("Tile", d.opset(7)).fed(d.floats(d.sizes(rank, 1, 3)));
        return d.input(model, Numbers.integers(d.sizes(rank, 1, 3)));
    }

    private static NodeModel pad(Draw d) {
        int rank = d.number(1, 4);
        NodeModel model = new NodeModel("Pad", d.opset(7));
        String mode = d.oneOf("constant", "reflect", "edge", model.opset() >= 19 ? "wrap" : "edge");
        if (d.chance() || !mode.equals("constant")) {
            model.with("mode", mode);
        }
        model.fed(d.floats(d.sizes(rank, 3, 5)));
        boolean named = model.opset() >= 18 && d.chance();
        int count = named ? d.number(1, rank) : rank;
        boolean constant = mode.equals("constant");
        long[] pads = d.sizes(2 * count, constant && d.rarely() ? -1 : 0, constant ? 3 : 2);
        if (model.opset() < 11) {
            model.with("pads", pads);
            return d.chance() ? model.with("value", 1.5) : model;
        }
        d.input(model, Numbers.integers(pads));
        if (constant && d.chance()) {
            double number = d.oneOf(1.5, Double.NEGATIVE_INFINITY);
            d.input(model, Numbers.scalar(ElementType.FLOAT, number));
        } else if (named) {
            model.absent();
        }
        boolean follows = named && model.toString().split(", (fed|held|none)", -1).length == 4;
        return follows ? d.input(model, Numbers.integers(d.axes(rank, count))) : model;
    }

    private static NodeModel center(Draw d) {
        int rank = d.number(1, 4);
        int count = d.number(1, rank);
        NodeModel model = new NodeModel("CenterCropPad", d.opset(18)).fed(d.floats(d.sizes(rank, 1, 6)));
        long[] axes = d.axes(rank, count);
        return d.input(model, Numbers.integers(d.sizes(count, 1, 7))).with("axes", axes);
    }
}
