package dev.halfwave.onnx.peer;

import dev.halfwave.onnx.file.ElementType;
import java.util.Arrays;
import java.util.List;

/** Resize and Upsample. */
final class ResizeDraws {
    private ResizeDraws() {}

    static List<Family> families() {
        return List.of(
                new Family("resize to the nearest", 200, ResizeDraws::nearest),
                new Family("resize linearly", 200, ResizeDraws::linear),
                new Family("resize by cubic interpolation", 150, ResizeDraws::cubic),
                new Family("resize with antialiasing", 100, ResizeDraws::antialiased),
                new Family("resize before version 11", 40, ResizeDraws::old),
                new Family("upsample", 40, ResizeDraws::upsample));
    }

    private static NodeModel start(Draw d, long first, String mode) {
        NodeModel model = new NodeModel("Resize", d.opset(first)).with("mode", mode);
        model.fed(d.floats(d.number(1, 2), d.number(1, 2), d.number(2, 6), d.number(2, 6)));
        return model;
    }

    /**
     * A scale that both sides understand alike. ONNX Runtime rounds new sizes before it aligns corners with them, leaves
     * alone what keeps its size, and divides in single precision, which can choose another nearest neighbour.
     */
    private static double scale(Draw d, NodeModel model, long length) {
        boolean strict = model.toString().contains("align_corners");
        boolean nearest = model.toString().contains("nearest");
        while (true) {
            double scale =
                    d.oneOf(0.5, nearest ? 0.75 : 0.6, nearest ? 1.5 : 0.8, 1.0, nearest ? 2.0 : 1.3, 2.0, 2.5, 3.0);
            double product = scale * length;
            boolean whole = product == Math.rint(product);
            if (product >= 1 && (whole || !strict && product >= 2 && Math.floor(product) != length)) {
                return scale;
            }
        }
    }

    /** Sizes or scales for rows and columns, by axes if there are any. */
    private static NodeModel sized(Draw d, NodeModel model, long[] images) {
        boolean named = model.opset() >= 18 && d.chance();
        boolean flipped = d.chance();
        if (named) {
            // ONNX Runtime crashes on axes that count from the end.
            model.with("axes", flipped ? new long[] {3, 2} : new long[] {2, 3});
        }
        if (d.chance()) {
            double h = scale(d, model, images[named && flipped ? 3 : 2]);
            double w = scale(d, model, images[named && flipped ? 2 : 3]);
            return d.input(model, Numbers.floats(named ? new double[] {h, w} : new double[] {1, 1, h, w}));
        }
        model.absent();
        long h = d.number(1, 9);
        long w = d.number(1, 9);
        long[] sizes = named ? new long[] {h, w} : new long[] {images[0], images[1], h, w};
        if (named && d.rarely() && !model.toString().contains("align_corners")) {
            model.with("keep_aspect_ratio_policy", d.oneOf("stretch", "not_larger", "not_smaller"));
        }
        return d.input(model, Numbers.integers(sizes));
    }

    private static NodeModel region(NodeModel model, String coordinates) {
        model.with("coordinate_transformation_mode", coordinates);
        return model.absent();
    }

    private static long[] images(NodeModel model) {
        return model.inputs().get("x0").sizes();
    }

    private static String coordinates(Draw d, NodeModel model) {
        return d.oneOf(
                "half_pixel",
                "pytorch_half_pixel",
                "align_corners",
                "asymmetric",
                model.opset() >= 19 ? "half_pixel_symmetric" : "half_pixel");
    }

    private static NodeModel nearest(Draw d) {
        NodeModel model = start(d, 11, "nearest");
        if (d.chance()) {
            model.with("nearest_mode", d.oneOf("round_prefer_floor", "round_prefer_ceil", "floor", "ceil"));
        }
        return sized(d, region(model, coordinates(d, model)), images(model));
    }

    private static NodeModel linear(Draw d) {
        NodeModel model = start(d, 11, "linear");
        if (d.rarely()) {
            return crop(d, model);
        }
        return sized(d, region(model, coordinates(d, model)), images(model));
    }

    private static NodeModel crop(Draw d, NodeModel model) {
        model.with("coordinate_transformation_mode", "tf_crop_and_resize")
                .with("extrapolation_value", d.oneOf(0.0, 5.0));
        double bottom = d.oneOf(0.5, 1.0, 1.4);
        double right = d.oneOf(0.5, 1.0, 1.4);
        model.held(Numbers.floats(0, 0, d.oneOf(0.0, 0.2, -0.3), d.oneOf(0.0, 0.2, -0.3), 1, 1, bottom, right));
        model.absent();
        long[] images = images(model);
        // ONNX Runtime ignores the region of an axis that keeps its size.
        return d.input(model, Numbers.integers(images[0], images[1], other(d, images[2]), other(d, images[3])));
    }

    private static long other(Draw d, long length) {
        long size = d.number(1, 7);
        return size == length ? size + 1 : size;
    }

    private static NodeModel cubic(Draw d) {
        NodeModel model = start(d, 11, "cubic");
        if (d.chance()) {
            model.with("cubic_coeff_a", d.oneOf(-0.5, -0.75));
        }
        if (d.chance()) {
            model.with("exclude_outside", d.chance());
        }
        return sized(d, region(model, coordinates(d, model)), images(model));
    }

    private static NodeModel antialiased(Draw d) {
        String mode = d.oneOf("linear", "cubic");
        NodeModel model = start(d, 18, mode).with("antialias", 1);
        return sized(d, region(model, coordinates(d, model)), images(model));
    }

    private static NodeModel old(Draw d) {
        NodeModel model = new NodeModel("Resize", 10).with("mode", d.oneOf("nearest", "linear"));
        model.fed(d.floats(1, d.number(1, 2), d.number(2, 5), d.number(2, 5)));
        return d.input(model, Numbers.floats(1, 1, d.oneOf(0.5, 2.0, 3.0, 1.5), d.oneOf(0.5, 2.0, 3.0, 1.5)));
    }

    private static NodeModel upsample(Draw d) {
        NodeModel model = new NodeModel("Upsample", d.opset(7, 9)).with("mode", d.oneOf("nearest", "linear"));
        model.fed(d.floats(1, d.number(1, 2), d.number(2, 5), d.number(2, 5)));
        double h = d.oneOf(1.0, 2.0, 3.0, 1.5);
        double w = d.oneOf(1.0, 2.0, 3.0, 1.5);
        return model.opset() < 9
                ? model.with("scales", new float[] {1, 1, (float) h, (float) w})
                : d.input(
                        model,
                        new Numbers(
                                ElementType.FLOAT,
                                new long[] {4},
                                Arrays.stream(new double[] {1, 1, h, w}).toArray()));
    }
}
