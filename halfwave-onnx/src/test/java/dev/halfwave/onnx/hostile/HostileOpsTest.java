package dev.halfwave.onnx.hostile;

import static dev.halfwave.onnx.hostile.Sketch.integer;
import static dev.halfwave.onnx.hostile.Sketch.integers;
import static dev.halfwave.onnx.hostile.Sketch.number;
import static dev.halfwave.onnx.hostile.Sketch.numbers;
import static dev.halfwave.onnx.hostile.Sketch.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.halfwave.onnx.proto.AttributeProto;
import dev.halfwave.onnx.proto.NodeProto;
import dev.halfwave.onnx.translate.Operators;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ops that are given what they cannot take: other ranks, other attributes, none or too many inputs. */
class HostileOpsTest {
    private static final long SEED = 20261121;
    private static final long[] ODD = {
        0,
        -1,
        1,
        2,
        3,
        -2,
        -5,
        7,
        1 << 16,
        1 << 24,
        Integer.MAX_VALUE,
        Integer.MIN_VALUE,
        1L << 62,
        Long.MAX_VALUE,
        Long.MIN_VALUE
    };
    private static final long[][] RANKS = {{}, {0}, {3}, {2, 3}, {1, 2, 4}, {1, 4, 4, 4}, {1, 2, 2, 3, 2}, {2, 0, 3, 3}
    };

    @TempDir
    Path folder;

    /** Every op with no to five inputs of odd ranks, computed or constant, and all the attributes that any op has. */
    @Test
    void everyOpWithEveryKindOfInputs() throws Exception {
        Folder files = new Folder(folder);
        SplittableRandom random = new SplittableRandom(SEED);
        for (String op : Operators.names()) {
            for (int number = 0; number < 24; number++) {
                files.add(op + "-" + number, any(op, number, random));
            }
        }
        assertThat(Trial.of(files.files())).as("seed " + SEED).hasSizeGreaterThan(2000);
    }

    private static Sketch any(String op, int number, SplittableRandom random) {
        Sketch sketch = new Sketch().opset(number % 6 == 5 ? 1 + random.nextInt(12) : 13 + random.nextInt(9));
        int count = number < 6 ? number : 1 + random.nextInt(4);
        List<String> inputs = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String name = "x" + i;
            inputs.add(random.nextInt(12) == 0 ? "-" : name);
            source(sketch, name, i, random);
        }
        List<AttributeProto> attributes = new ArrayList<>();
        if (number >= 3) {
            for (AttributeProto attribute : odd(random)) {
                if (random.nextInt(number < 12 ? 3 : 12) == 0) {
                    attributes.add(attribute);
                }
            }
        }
        int outputs = 1 + random.nextInt(3);
        String made = String.join(" ", List.of("y", "y1", "y2").subList(0, outputs));
        return sketch.node(op, String.join(" ", inputs), made, attributes.toArray(new AttributeProto[0]))
                .output("y");
    }

    private static void source(Sketch sketch, String name, int position, SplittableRandom random) {
        int kind = random.nextInt(position == 0 ? 8 : 4);
        long[] sizes = RANKS[random.nextInt(RANKS.length)];
        if (kind == 0) {
            sketch.longs(
                    name,
                    random.longs(random.nextInt(5), 0, ODD.length)
                            .map(i -> ODD[(int) i])
                            .toArray());
        } else if (kind == 1) {
            sketch.scalar(name, ODD[random.nextInt(ODD.length)]);
        } else if (kind == 2) {
            sketch.zeros(name, Arrays.stream(sizes).mapToInt(size -> (int) size).toArray());
        } else {
            sketch.input(name, random.nextInt(6) == 0 ? Sketch.TensorType.INT64 : Sketch.TensorType.FLOAT, sizes);
        }
    }

    private static List<AttributeProto> odd(SplittableRandom random) {
        List<AttributeProto> attributes = new ArrayList<>();
        for (String name : List.of(
                "axis",
                "group",
                "num_groups",
                "keepdims",
                "size",
                "p",
                "hidden_size",
                "blocksize",
                "batch_dims",
                "num_outputs",
                "ceil_mode",
                "count_include_pad",
                "start",
                "end",
                "to",
                "storage_order",
                "transA",
                "transB",
                "allowzero",
                "select_last_index",
                "exclusive",
                "reverse",
                "layout",
                "training_mode",
                "antialias",
                "exclude_outside",
                "linear_before_reset",
                "fmod",
                "broadcast",
                "noop_with_empty_axes")) {
            attributes.add(integer(name, ODD[random.nextInt(ODD.length)]));
        }
        for (String name : List.of(
                "kernel_shape",
                "strides",
                "dilations",
                "pads",
                "axes",
                "perm",
                "split",
                "output_padding",
                "output_shape",
                "starts",
                "ends",
                "shape",
                "value_ints",
                "sizes",
                "repeats")) {
            attributes.add(integers(
                    name,
                    random.longs(random.nextInt(5), 0, ODD.length)
                            .map(i -> random.nextInt(3) == 0 ? ODD[(int) i] : 1 + i % 3)
                            .toArray()));
        }
        for (String name : List.of(
                "epsilon",
                "alpha",
                "beta",
                "bias",
                "momentum",
                "ratio",
                "cubic_coeff_a",
                "gamma",
                "min",
                "max",
                "value_float",
                "lambd",
                "extrapolation_value",
                "value")) {
            attributes.add(number(
                    name,
                    List.of(0f, -1f, 1e30f, Float.NaN, Float.POSITIVE_INFINITY, 0.5f)
                            .get(random.nextInt(6))));
        }
        attributes.add(numbers("scales", 1, 1, random.nextInt(3) - 1, 1e20f));
        attributes.add(text(
                "mode",
                List.of("cubic", "linear", "nearest", "wrap", "edge", "reflect", "DCR", "")
                        .get(random.nextInt(8))));
        attributes.add(text(
                "auto_pad",
                List.of("SAME_UPPER", "SAME_LOWER", "VALID", "OTHER").get(random.nextInt(4))));
        attributes.add(
                text("direction", List.of("reverse", "bidirectional", "up").get(random.nextInt(3))));
        attributes.add(text(
                "coordinate_transformation_mode",
                List.of("tf_crop_and_resize", "align_corners").get(random.nextInt(2))));
        return attributes;
    }

    @Test
    void windowsThatFitNothing() throws Exception {
        Folder files = new Folder(folder);
        for (String op : List.of("Conv", "ConvTranspose", "MaxPool", "AveragePool", "LpPool")) {
            for (String name :
                    List.of("kernel_shape", "strides", "dilations", "pads", "output_padding", "output_shape")) {
                for (long value : ODD) {
                    int count = name.equals("pads") ? 4 : 2;
                    window(files, op, name + "-" + value, integers(name, constant(count, value)));
                    window(files, op, name + "-one-" + value, integers(name, value));
                    window(files, op, name + "-mixed-" + value, integers(name, mixed(count, value)));
                }
                window(files, op, name + "-none", integers(name));
                window(files, op, name + "-many", integers(name, constant(10_000, 1)));
                window(files, op, name + "-text", text(name, "2"));
            }
            for (long value : ODD) {
                window(files, op, "group-" + value, integer("group", value));
                window(files, op, "p-" + value, integer("p", value));
            }
            window(files, op, "auto-other", text("auto_pad", "SAME_ELSEWHERE"));
        }
        assertThat(Trial.of(files.files())).hasSizeGreaterThan(1000);
    }

    private static void window(Folder files, String op, String name, AttributeProto attribute) throws IOException {
        boolean pool = op.endsWith("Pool");
        for (String auto : List.of("NOTSET", "SAME_UPPER")) {
            NodeProto.Builder node = NodeProto.newBuilder()
                    .setOpType(op)
                    .addInput("x")
                    .addOutput("y")
                    .addAttribute(attribute)
                    .addAttribute(text("auto_pad", auto))
                    .addAttribute(integer("ceil_mode", pool ? 1 : 0));
            if (pool) {
                node.addAttribute(integers("kernel_shape", 2, 2));
            } else {
                node.addInput("w");
            }
            files.add(
                    op + "-" + name + "-" + auto,
                    new Sketch()
                            .input("x", 1, 2, 5, 5)
                            .zeros("w", 2, 2, 3, 3)
                            .node(node)
                            .output("y"));
        }
    }

    private static long[] constant(int count, long value) {
        long[] values = new long[count];
        Arrays.fill(values, value);
        return values;
    }

    private static long[] mixed(int count, long value) {
        long[] values = constant(count, 1);
        values[count - 1] = value;
        return values;
    }

    /** Every op that has one, with axes out of range. */
    @Test
    void axesThatAreNone() throws Exception {
        Folder files = new Folder(folder);
        for (String op : Operators.names()) {
            for (long axis : new long[] {3, -4, Long.MAX_VALUE, Long.MIN_VALUE}) {
                for (String inputs : List.of("x", "x i")) {
                    files.add(
                            op + "-axis-" + axis + "-" + inputs.length(),
                            new Sketch()
                                    .input("x", 2, 3, 4)
                                    .longs("i", axis)
                                    .node(
                                            op,
                                            inputs,
                                            "y",
                                            integer("axis", axis),
                                            integers("axes", axis),
                                            integers("perm", axis, 0, 1))
                                    .output("y"));
                }
            }
        }
        assertThat(Trial.of(files.files())).hasSizeGreaterThan(900);
    }

    /** Sizes, starts and scales that come in as constants. */
    @Test
    void numbersThatNoTensorHas() throws Exception {
        Folder files = new Folder(folder);
        for (long number : ODD) {
            for (long other : new long[] {1, number}) {
                String name = number + "-" + other;
                long[] pair = {number, other};
                files.add("Reshape-" + name, with("Reshape", "x a", pair));
                files.add("Expand-" + name, with("Expand", "x a", pair));
                files.add("Tile-" + name, with("Tile", "x a", pair));
                files.add("Pad-" + name, with("Pad", "x a", other, number, number, other));
                files.add("Pad-edge-" + name, with("Pad", "x a", text("mode", "edge"), other, number, number, other));
                files.add("Pad-wrap-" + name, with("Pad", "x a", text("mode", "wrap"), other, number, number, other));
                files.add(
                        "Pad-reflect-" + name,
                        with("Pad", "x a", text("mode", "reflect"), other, number, number, other));
                files.add("ConstantOfShape-" + name, with("ConstantOfShape", "a", pair));
                files.add("Split-" + name, with("Split", "x a", pair));
                files.add("CenterCropPad-" + name, with("CenterCropPad", "x a", pair));
                files.add("Resize-sizes-" + name, with("Resize", "x - - a", pair));
                files.add("Resize-cubic-" + name, with("Resize", "x - - a", text("mode", "cubic"), pair));
                files.add("Gather-" + name, with("Gather", "x a", pair));
                files.add("GatherElements-" + name, with("GatherElements", "x a", pair));
                files.add("GatherND-" + name, with("GatherND", "x a", pair));
                files.add("Squeeze-" + name, with("Squeeze", "x a", pair));
                files.add("Unsqueeze-" + name, with("Unsqueeze", "x a", pair));
                files.add("ReduceSum-" + name, with("ReduceSum", "x a", pair));
                files.add("Slice-from-" + name, with("Slice", "x a b", pair));
                files.add("Slice-to-" + name, with("Slice", "x b a", pair));
                files.add("Slice-axes-" + name, with("Slice", "x b b a", pair));
                files.add("Slice-steps-" + name, with("Slice", "x a b c a", pair));
                files.add("Slice-back-" + name, with("Slice", "x b a c a", pair));
                files.add("MaxUnpool-" + name, with("MaxUnpool", "i a", integers("kernel_shape", 2, 2), pair));
                files.add(
                        "Range-" + name,
                        new Sketch()
                                .scalar("a", 0)
                                .scalar("b", number)
                                .scalar("c", other)
                                .node("Range", "a b c", "y")
                                .output("y"));
                files.add(
                        "Range-from-" + name,
                        new Sketch()
                                .scalar("a", number)
                                .scalar("b", other)
                                .scalar("c", 1)
                                .node("Range", "a b c", "y")
                                .output("y"));
                files.add("CumSum-" + name, with("CumSum", "x a", number));
                files.add("Dropout-" + name, with("Dropout", "x a", pair));
                files.add("LSTM-" + name, with("LSTM", "i a a", pair));
            }
        }
        for (float scale :
                new float[] {0, -1, 1e-30f, 1e30f, Float.NaN, Float.POSITIVE_INFINITY, 1 << 20, 3e5f, 1e-6f}) {
            for (String mode : List.of("nearest", "linear", "cubic")) {
                for (int opset : new int[] {9, 10, 13, 18}) {
                    files.add(
                            "Resize-" + mode + scale + "-" + opset,
                            new Sketch()
                                    .opset(opset)
                                    .input("x", 2, 3)
                                    .floats("s", scale, 1)
                                    .node(
                                            "Resize",
                                            opset == 10 ? "x s" : "x - s",
                                            "y",
                                            text("mode", mode),
                                            integer("antialias", 1))
                                    .output("y"));
                    files.add(
                            "Upsample-" + mode + scale + "-" + opset,
                            new Sketch()
                                    .opset(opset)
                                    .input("x", 2, 3)
                                    .node("Upsample", "x", "y", text("mode", mode), numbers("scales", scale, 1))
                                    .output("y"));
                }
            }
        }
        assertThat(Trial.of(files.files())).hasSizeGreaterThan(800);
    }

    private static Sketch with(String op, String inputs, long... numbers) {
        return with(op, inputs, integer("nothing", 0), numbers);
    }

    private static Sketch with(String op, String inputs, AttributeProto attribute, long... numbers) {
        return new Sketch()
                .input("x", 2, 3)
                .input("i", 1, 2, 4, 4)
                .longs("a", numbers)
                .longs("b", 0, 1)
                .longs("c", 0, 1)
                .node(op, inputs, "y", attribute)
                .output("y");
    }

    /** Each attribute of one type too few. */
    @Test
    void attributesOfOtherTypes() throws Exception {
        Folder files = new Folder(folder);
        for (String op : Operators.names()) {
            for (AttributeProto attribute : odd(new SplittableRandom(SEED))) {
                if (files.files().size() % 7 == 0 || op.equals("Conv") || op.equals("Resize")) {
                    files.add(
                            op + "-" + attribute.getName(),
                            new Sketch()
                                    .input("x", 1, 2, 4, 4)
                                    .zeros("w", 2, 2, 1, 1)
                                    .node(
                                            op,
                                            "x w",
                                            "y",
                                            attribute.toBuilder()
                                                    .setType(AttributeProto.AttributeType.forNumber(
                                                            1 + files.files().size() % 10))
                                                    .build())
                                    .output("y"));
                } else {
                    files.files().add(files.files().get(0));
                }
            }
        }
        assertThat(Trial.of(new java.util.LinkedHashSet<>(files.files()))).hasSizeGreaterThan(500);
    }
}
