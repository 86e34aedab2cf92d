package dev.halfwave.onnx.peer;

import dev.halfwave.onnx.file.ElementType;
import java.util.Arrays;
import java.util.List;

/** Convolutions and pools over one or two spatial axes. */
final class WindowDraws {
    private WindowDraws() {}

    static List<Family> families() {
        return List.of(
                new Family("convolutions", 250, WindowDraws::conv),
                new Family("transposed convolutions", 250, WindowDraws::transposed),
                new Family("max pools", 250, WindowDraws::maxPool),
                new Family("average pools", 250, WindowDraws::averagePool),
                new Family("lp pools", 120, WindowDraws::lpPool),
                new Family("unpooling", 80, WindowDraws::unpool),
                new Family("global pools", 60, WindowDraws::globalPool));
    }

    /** Random strides, dilations and pads that leave something to see of images of 5 or more. */
    private static long[] moving(Draw d, NodeModel model, int rank, boolean dilated) {
        long[] kernel = d.sizes(rank, 1, 3);
        if (d.chance()) {
            model.with("strides", d.sizes(rank, 1, 3));
        }
        if (dilated && d.rarely()) {
            model.with("dilations", d.sizes(rank, 1, 2));
        }
        switch (d.number(0, 5)) {
            case 0, 1 -> same(d, model);
            case 2 -> model.with("auto_pad", "VALID");
            case 3 -> model.with("pads", pads(d, kernel)).with("auto_pad", "NOTSET");
            case 4 -> model.with("pads", pads(d, kernel));
            default -> model.outputs(1);
        }
        return kernel;
    }

    /** For pools ONNX Runtime leaves dilations out of what same means, and cuts images where strides leave gaps. */
    private static void same(Draw d, NodeModel model) {
        String drawn = model.toString();
        boolean differs = !model.type().equals("Conv") && (drawn.contains("dilations") || drawn.contains("strides"));
        model.with("auto_pad", differs ? "VALID" : d.oneOf("SAME_UPPER", "SAME_LOWER"));
    }

    /** Pads that are smaller than the kernel, as pools want them. */
    private static long[] pads(Draw d, long[] kernel) {
        long[] pads = new long[2 * kernel.length];
        Arrays.setAll(pads, i -> d.number(0, (int) kernel[i % kernel.length] - 1));
        return pads;
    }

    private static long[] images(Draw d, long channels, int rank, int low) {
        long[] sizes = d.sizes(rank + 2, low, low + 4);
        sizes[0] = d.number(1, 2);
        sizes[1] = channels;
        return sizes;
    }

    private static long[] filters(long first, long second, long[] kernel) {
        long[] sizes = new long[kernel.length + 2];
        sizes[0] = first;
        sizes[1] = second;
        System.arraycopy(kernel, 0, sizes, 2, kernel.length);
        return sizes;
    }

    private static NodeModel conv(Draw d) {
        int rank = d.number(1, 2);
        NodeModel model = new NodeModel("Conv", d.opset(7));
        long[] kernel = moving(d, model, rank, true);
        int groups = d.rarely() ? d.number(2, 3) : 1;
        int perGroup = d.number(1, 3);
        long outputs = (long) groups * d.number(1, 3);
        if (d.chance()) {
            model.with("kernel_shape", kernel);
        }
        if (groups > 1 || d.rarely()) {
            model.with("group", groups);
        }
        model.fed(d.floats(images(d, (long) groups * perGroup, rank, 5)));
        d.input(model, d.floats(filters(outputs, perGroup, kernel)));
        return d.chance() ? d.input(model, d.floats(outputs)) : model;
    }

    private static NodeModel transposed(Draw d) {
        int rank = d.number(1, 2);
        NodeModel model = new NodeModel("ConvTranspose", d.opset(7));
        long[] kernel = d.sizes(rank, 1, 4);
        long[] strides = d.sizes(rank, 1, 3);
        long[] dilations = d.rarely() ? d.sizes(rank, 1, 2) : d.sizes(rank, 1, 1);
        model.with("strides", strides).with("dilations", dilations).with("kernel_shape", kernel);
        int groups = d.rarely() ? d.number(2, 3) : 1;
        model.with("group", groups);
        long[] images = images(d, groups * (long) d.number(1, 3), rank, 2);
        padded(d, model, images, kernel, strides, dilations);
        long perGroup = d.number(1, 3);
        model.fed(d.floats(images));
        d.input(model, d.floats(filters(images[1], perGroup, kernel)));
        return d.chance() ? d.input(model, d.floats(groups * perGroup)) : model;
    }

    private static void padded(
            Draw d, NodeModel model, long[] images, long[] kernel, long[] strides, long[] dilations) {
        int rank = kernel.length;
        long[] extra = new long[rank];
        Arrays.setAll(extra, i -> d.number(0, (int) Math.max(strides[i], dilations[i]) - 1));
        switch (d.number(0, 4)) {
            case 0 -> model.with("pads", pads(d, kernel)).with("output_padding", extra);
            case 1 -> model.with("pads", pads(d, kernel));
            case 2 -> {
                long[] shape = new long[rank];
                Arrays.setAll(
                        shape,
                        i -> (images[i + 2] - 1) * strides[i]
                                + dilations[i] * (kernel[i] - 1)
                                + 1
                                - d.number(0, (int) Math.min(2, kernel[i] - 1)));
                model.with("output_shape", shape);
                if (d.chance()) {
                    model.with("auto_pad", d.oneOf("SAME_UPPER", "SAME_LOWER"));
                }
            }
            // Where strides leave gaps, ONNX Runtime makes less than the stride times the input, which is what ONNX
            // asks for.
            case 3 -> {
                boolean covers = true;
                for (int i = 0; i < rank; i++) {
                    covers &= dilations[i] * (kernel[i] - 1) + 1 >= strides[i];
                }
                model.with("auto_pad", covers ? d.oneOf("SAME_UPPER", "SAME_LOWER") : "VALID");
            }
            default -> model.with("auto_pad", d.oneOf("VALID", "NOTSET"));
        }
    }

    private static NodeModel maxPool(Draw d) {
        int rank = d.number(1, 2);
        NodeModel model = new NodeModel("MaxPool", d.opset(8));
        boolean dilated = model.opset() >= 10;
        long[] kernel = moving(d, model, rank, dilated);
        model.with("kernel_shape", kernel);
        if (dilated && d.chance()) {
            model.with("ceil_mode", d.chance());
        }
        if (d.rarely()) {
            model.with("storage_order", d.chance());
        }
        return model.fed(d.floats(images(d, d.number(1, 3), rank, 5))).outputs(d.number(1, 2));
    }

    private static NodeModel averagePool(Draw d) {
        int rank = d.number(1, 2);
        NodeModel model = new NodeModel("AveragePool", d.opset(7));
        long[] kernel = moving(d, model, rank, model.opset() >= 19);
        model.with("kernel_shape", kernel);
        // ONNX Runtime also counts what the last window of ceil_mode sees behind the padding; PyTorch does not.
        if (model.opset() >= 10 && d.rarely()) {
            model.with("ceil_mode", true);
        } else if (d.chance()) {
            model.with("count_include_pad", d.chance());
        }
        return model.fed(d.floats(images(d, d.number(1, 3), rank, 5)));
    }

    private static NodeModel lpPool(Draw d) {
        int rank = d.number(1, 2);
        NodeModel model = new NodeModel("LpPool", d.opset(7));
        long[] kernel = moving(d, model, rank, model.opset() >= 18);
        model.with("kernel_shape", kernel);
        if (d.chance()) {
            model.with("p", d.number(1, 3));
        }
        if (model.opset() >= 18 && d.chance()) {
            model.with("ceil_mode", d.chance());
        }
        return model.fed(d.floats(images(d, d.number(1, 3), rank, 5)));
    }

    private static NodeModel unpool(Draw d) {
        int rank = d.number(1, 2);
        long[] kernel = d.sizes(rank, 1, 3);
        NodeModel model = new NodeModel("MaxUnpool", d.opset(9))
                .with("kernel_shape", kernel)
                .with("strides", kernel);
        long[] images = images(d, d.number(1, 2), rank, 2);
        long total = 1;
        for (int axis = 0; axis < images.length; axis++) {
            total *= axis < 2 ? images[axis] : images[axis] * kernel[axis - 2];
        }
        long elements = Arrays.stream(images).reduce(1, (a, b) -> a * b);
        long apart = total / elements;
        Numbers places = Numbers.of(ElementType.INT64, images, i -> i * apart + d.number(0, (int) apart - 1));
        return d.input(model.fed(d.floats(images)), places);
    }

    private static NodeModel globalPool(Draw d) {
        NodeModel model = new NodeModel(d.oneOf("GlobalAveragePool", "GlobalMaxPool", "GlobalLpPool"), d.opset(7));
        if (model.type().equals("GlobalLpPool") && d.chance()) {
            model.with("p", d.number(1, 3));
        }
        return model.fed(d.floats(d.sizes(d.number(3, 4), 1, 5)));
    }
}
