package dev.halfwave.onnx.hostile;

import static dev.halfwave.onnx.hostile.Sketch.integer;
import static dev.halfwave.onnx.hostile.Sketch.integers;
import static dev.halfwave.onnx.hostile.Sketch.number;
import static dev.halfwave.onnx.hostile.Sketch.text;

import java.util.LinkedHashMap;
import java.util.Map;

/** Small sound models, which are then damaged. */
final class Seeds {
    private Seeds() {}

    static Sketch perceptron() {
        return new Sketch()
                .input("x", 1, 4)
                .floats("b", 1, 2, 3)
                .zeros("w", 4, 3)
                .node("Gemm", "x w b", "h", number("alpha", 1), integer("transB", 0))
                .node("Relu", "h", "y")
                .output("y");
    }

    /** All of them, by name. */
    static Map<String, Sketch> all() {
        Map<String, Sketch> seeds = new LinkedHashMap<>();
        seeds.put("perceptron", perceptron());
        seeds.put("images", images());
        seeds.put("shapes", shapes());
        seeds.put("resize", resize());
        seeds.put("recurrent", recurrent());
        seeds.put("norms", norms());
        seeds.put("pieces", pieces());
        return seeds;
    }

    static Sketch images() {
        return new Sketch()
                .input("x", 1, 2, 8, 8)
                .zeros("w", 4, 2, 3, 3)
                .zeros("b", 4)
                .zeros("t", 4, 2, 2, 2)
                .zeros("head", 2, 3)
                .node(
                        "Conv",
                        "x w b",
                        "c",
                        integers("pads", 1, 1, 1, 1),
                        integers("strides", 1, 1),
                        integer("group", 1))
                .node("Relu", "c", "r")
                .node(
                        "MaxPool",
                        "r",
                        "p",
                        integers("kernel_shape", 2, 2),
                        integers("strides", 2, 2),
                        integer("ceil_mode", 1))
                .node("ConvTranspose", "p t", "u", integers("strides", 2, 2), text("auto_pad", "SAME_UPPER"))
                .node("AveragePool", "u", "a", integers("kernel_shape", 3, 3), integers("dilations", 1, 1))
                .node("GlobalAveragePool", "a", "g")
                .node("Flatten", "g", "f", integer("axis", 1))
                .node("MatMul", "f head", "l")
                .node("Softmax", "l", "y", integer("axis", -1))
                .output("y");
    }

    private static Sketch shapes() {
        return new Sketch()
                .input("x", 2, 3, 4)
                .longs("zero", 0)
                .longs("minus", -1)
                .node("Shape", "x", "s")
                .node("Gather", "s zero", "n", integer("axis", 0))
                .node("Concat", "n minus", "to", integer("axis", 0))
                .node("Reshape", "x to", "flat")
                .node("Transpose", "flat", "t", integers("perm", 1, 0))
                .node("Unsqueeze", "t zero", "q")
                .node("Expand", "q s2", "y")
                .longs("s2", 3, 12, 2)
                .output("y");
    }

    private static Sketch resize() {
        return new Sketch()
                .input("x", 1, 1, 3, 3)
                .floats("scales", 1, 1, 2, 1.5f)
                .longs("pads", 0, 0, 1, 1, 0, 0, 1, 1)
                .longs("repeats", 1, 2, 1, 1)
                .node(
                        "Resize",
                        "x - scales",
                        "r",
                        text("mode", "cubic"),
                        text("coordinate_transformation_mode", "half_pixel"))
                .node("Pad", "r pads", "p", text("mode", "reflect"))
                .node("Tile", "p repeats", "y")
                .output("y");
    }

    private static Sketch recurrent() {
        return new Sketch()
                .input("x", 3, 1, 2)
                .zeros("w", 1, 8, 2)
                .zeros("r", 1, 8, 2)
                .zeros("b", 1, 16)
                .node("LSTM", "x w r b", "y h c", integer("hidden_size", 2), text("direction", "forward"))
                .output("y")
                .output("h");
    }

    private static Sketch norms() {
        return new Sketch()
                .input("x", 1, 4, 3, 3)
                .zeros("a", 4)
                .zeros("m", 4)
                .node("BatchNormalization", "x a a m m", "n", number("epsilon", 1e-3f))
                .node("LRN", "n", "l", integer("size", 3))
                .node("InstanceNormalization", "l a a", "i")
                .node("ReduceMean", "i", "y", integers("axes", 1, -1), integer("keepdims", 0))
                .output("y");
    }

    private static Sketch pieces() {
        return new Sketch()
                .input("x", 6, 4)
                .longs("starts", -4)
                .longs("ends", Long.MAX_VALUE)
                .longs("axes", 0)
                .longs("steps", 2)
                .node("Slice", "x starts ends axes steps", "s")
                .node("Split", "s", "a b", integer("axis", 1))
                .node("Mul", "a b", "m")
                .node("CumSum", "m one", "c")
                .scalar("one", 1)
                .node("ArgMax", "c", "y", integer("axis", 1))
                .output("y");
    }
}
