package dev.halfwave.onnx.hostile;

import static dev.halfwave.onnx.hostile.Sketch.integer;
import static dev.halfwave.onnx.hostile.Sketch.integers;
import static org.assertj.core.api.Assertions.assertThat;

import dev.halfwave.onnx.proto.ModelProto;
import dev.halfwave.onnx.proto.NodeProto;
import dev.halfwave.onnx.proto.StringStringEntryProto;
import dev.halfwave.onnx.proto.TensorProto;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that are large, or make something large of little. */
class HostileScaleTest {
    @TempDir
    Path folder;

    @Test
    void manyOfAnything() throws Exception {
        Folder files = new Folder(folder)
                .add("a-million-nodes", wireNodes(1_000_000, "Relu"))
                .add("a-million-unsupported", wireNodes(1_000_000, "No"))
                .add("sixty-thousand-unsupported", wireNodes(60_000, "No"))
                .add("ten-million-empty-nodes", repeated(10_000_000, 1))
                .add("ten-million-empty-initializers", repeated(10_000_000, 5))
                .add("ten-million-empty-inputs", repeated(10_000_000, 11))
                .add("chain-of-100000", chain(100_000, "Identity"))
                .add("chain-of-30000", chain(30_000, "Identity"))
                .add("relus-2000", chain(2_000, "Relu"))
                .add("relus-30000", chain(30_000, "Relu"))
                .add("transposes-3000", chain(3_000, "Transpose"))
                .add("tanhs-backwards-3000", backwards(3_000))
                .add("relus-backwards-100000", backwards(100_000))
                .add("initializers-10000", initializers(10_000))
                .add("scalars-10000", scalars(10_000))
                .add("inputs-10000", inputs(10_000))
                .add("outputs-10000", outputs(10_000))
                .add("one-node-of-a-million-inputs", wide(1_000_000))
                .add("one-node-of-10000-inputs", wide(10_000))
                .add("attributes-100000", attributes(100_000))
                .add("metadata-of-50-MB", metadata(50 << 20))
                .add("metadata-of-a-million", entries(1_000_000))
                .add("same-name-100000", sameName(30_000));
        Map<String, String> ends = Trial.of(files.files());
        assertThat(ends.get("relus-2000.onnx")).contains("run: outputs");
        assertThat(ends.get("metadata-of-50-MB.onnx")).contains("run: outputs");
    }

    private static Wire wireNodes(int count, String op) {
        Wire graph = new Wire();
        for (int i = 0; i < count; i++) {
            graph.field(1, new Wire().field(1, "x").field(2, "y" + i).field(4, op));
        }
        byte[] ports =
                new Sketch().input("x", 2).output("y0").model().getGraph().toByteArray();
        return new Wire().field(7, graph.raw(ports));
    }

    private static Wire repeated(int count, int field) {
        Wire graph = new Wire();
        for (int i = 0; i < count; i++) {
            graph.raw(field << 3 | 2, 0);
        }
        return new Wire().field(7, graph);
    }

    private static Sketch chain(int length, String op) {
        Sketch sketch = new Sketch().input("v0", 2, 3, 4);
        for (int i = 0; i < length; i++) {
            sketch.node(op, "v" + i, "v" + (i + 1));
        }
        return sketch.output("v" + length);
    }

    private static Sketch backwards(int length) {
        Sketch sketch = new Sketch().input("v" + length, 2);
        for (int i = 0; i < length; i++) {
            sketch.node("Tanh", "v" + (i + 1), "v" + i);
        }
        return sketch.output("v0");
    }

    private static Sketch initializers(int count) {
        Sketch sketch = new Sketch().input("v0", 2);
        for (int i = 0; i < count; i++) {
            sketch.zeros("w" + i, 2).node("Add", "v" + i + " w" + i, "v" + (i + 1));
        }
        return sketch.output("v" + count);
    }

    private static Sketch scalars(int count) {
        Sketch sketch = new Sketch().input("x", 2);
        StringBuilder names = new StringBuilder("x");
        for (int i = 0; i < count; i++) {
            sketch.scalar("w" + i, 2);
            names.append(" w").append(i);
        }
        return sketch.node("Sum", names.toString(), "y").output("y");
    }

    private static Sketch inputs(int count) {
        Sketch sketch = new Sketch();
        StringBuilder names = new StringBuilder();
        for (int i = 0; i < count; i++) {
            sketch.input("x" + i, 1);
            names.append("x").append(i).append(" ");
        }
        return sketch.node("Concat", names.toString().trim(), "y", integer("axis", 0))
                .output("y");
    }

    private static Sketch outputs(int count) {
        Sketch sketch = new Sketch().input("x", count);
        StringBuilder names = new StringBuilder();
        for (int i = 0; i < count; i++) {
            sketch.output("y" + i);
            names.append("y").append(i).append(" ");
        }
        return sketch.node("Split", "x", names.toString().trim(), integer("axis", 0));
    }

    private static Sketch wide(int count) {
        NodeProto.Builder node =
                NodeProto.newBuilder().setOpType("Concat").addOutput("y").addAttribute(integer("axis", 0));
        for (int i = 0; i < count; i++) {
            node.addInput("x");
        }
        return new Sketch().input("x", 2).node(node).output("y");
    }

    private static Sketch attributes(int count) {
        NodeProto.Builder node =
                NodeProto.newBuilder().setOpType("Softmax").addInput("x").addOutput("y");
        for (int i = 0; i < count; i++) {
            node.addAttribute(integer("a" + i, i));
        }
        return new Sketch().input("x", 2, 2).node(node).output("y");
    }

    private static byte[] metadata(int length) {
        return Seeds.perceptron().model().toBuilder()
                .addMetadataProps(
                        StringStringEntryProto.newBuilder().setKey("note").setValue("n".repeat(length)))
                .build()
                .toByteArray();
    }

    private static byte[] entries(int count) {
        ModelProto.Builder model = Seeds.perceptron().model().toBuilder();
        for (int i = 0; i < count; i++) {
            model.addMetadataProps(StringStringEntryProto.newBuilder().setKey("k" + i));
        }
        return model.build().toByteArray();
    }

    private static Sketch sameName(int count) {
        Sketch sketch = new Sketch().input("v0", 2);
        for (int i = 0; i < count; i++) {
            sketch.node(NodeProto.newBuilder()
                    .setName("same")
                    .setOpType("Relu")
                    .addInput("v0")
                    .addOutput("v" + (i + 1)));
        }
        return sketch.output("v" + count);
    }

    @Test
    void muchOfLittle() throws Exception {
        Folder files = new Folder(folder)
                .add("doubled-40-times", doubled("Concat", 40))
                .add("doubled-24-times", doubled("Concat", 24))
                .add("doubled-input-40-times", doubledInput(40))
                .add("doubled-input-25-times", doubledInput(25))
                .add(
                        "squared-40-times",
                        new Sketch()
                                .input("x", 1 << 12, 1)
                                .node("Transpose", "x", "t")
                                .node("MatMul", "x t", "m")
                                .node("MatMul", "m m", "y")
                                .output("y"))
                .add(
                        "outer-product",
                        new Sketch()
                                .input("x", 1 << 13, 1)
                                .input("z", 1, 1 << 13)
                                .node("Add", "x z", "y")
                                .output("y"))
                .add(
                        "large-input",
                        new Sketch()
                                .input("x", 1 << 14, 1 << 14)
                                .node("Relu", "x", "y")
                                .output("y"))
                .add(
                        "large-batch-of-classifier",
                        new Sketch()
                                .input("x", 1, 3, 1 << 13, 1 << 13)
                                .node("Relu", "x", "y")
                                .output("y"))
                .add(
                        "claimed-weights",
                        new Sketch()
                                .input("x", 1, 1 << 14)
                                .tensor(TensorProto.newBuilder()
                                        .setName("w")
                                        .setDataType(1)
                                        .addDims(1 << 14)
                                        .addDims(1 << 14))
                                .node("MatMul", "x w", "y")
                                .output("y"))
                .add(
                        "recurrent-2-to-31",
                        new Sketch()
                                .input("x", Integer.MAX_VALUE, 1, 1)
                                .zeros("w", 1, 1, 1)
                                .zeros("r", 1, 1, 1)
                                .node("RNN", "x w r", "y")
                                .output("y"))
                .add("recurrent-4096", recurrent(1, 4096))
                .add("recurrent-4096-10-times", recurrent(10, 4096))
                .add("recurrent-10-times-1000", recurrent(10, 1000))
                .add(
                        "hidden-2-to-30",
                        new Sketch()
                                .input("x", 2, 1, 1)
                                .zeros("w", 1, 1, 1)
                                .zeros("r", 1, 1, 1)
                                .node("LSTM", "x w r", "y", integer("hidden_size", 1 << 30))
                                .output("y"))
                .add(
                        "splits-of-65536",
                        new Sketch()
                                .input("x", 1 << 16)
                                .node("Split", "x", "y", integer("num_outputs", 1 << 16))
                                .output("y"))
                .add("splits-many-times", splits(100))
                .add(
                        "cumulative",
                        new Sketch()
                                .input("x", 1 << 12)
                                .scalar("a", 0)
                                .node("CumSum", "x a", "y")
                                .output("y"))
                .add(
                        "cumulative-large",
                        new Sketch()
                                .input("x", 1 << 14)
                                .scalar("a", 0)
                                .node("CumSum", "x a", "y")
                                .output("y"))
                .add("constants-convolved", convolvedConstants(1))
                .add("constants-convolved-often", convolvedConstants(500))
                .add("constants-multiplied-often", multipliedConstants(2000))
                .add("constants-kept-often", keptConstants(3000))
                .add(
                        "neighbours",
                        new Sketch()
                                .input("x", 1, 1 << 13, 1)
                                .node("LRN", "x", "y", integer("size", Integer.MAX_VALUE))
                                .output("y"))
                .add(
                        "neighbours-many",
                        new Sketch()
                                .input("x", 1, 2000, 1)
                                .node("LRN", "x", "y", integer("size", 2000))
                                .output("y"))
                .add(
                        "window-of-4096",
                        new Sketch()
                                .input("x", 1, 1, 64, 64)
                                .node(
                                        "MaxPool",
                                        "x",
                                        "y",
                                        integers("kernel_shape", 60_000, 60_000),
                                        integers("pads", 59_999, 59_999, 59_999, 59_999))
                                .output("y"))
                .add("tiles-of-tiles", tiles(10))
                .add("axes-16", axes(16))
                .add("axes-17", axes(17))
                .add("axes-100000", axes(100_000))
                .add("unsqueezed", unsqueezed(30));
        Trial.of(files.files());
    }

    private static Sketch doubled(String op, int times) {
        Sketch sketch = new Sketch().zeros("v0", 2).input("x", 2);
        for (int i = 0; i < times; i++) {
            sketch.node(op, "v" + i + " v" + i, "v" + (i + 1), integer("axis", 0));
        }
        return sketch.output("v" + times);
    }

    private static Sketch doubledInput(int times) {
        Sketch sketch = new Sketch().input("v0", 1, 2);
        for (int i = 0; i < times; i++) {
            sketch.node("Concat", "v" + i + " v" + i, "v" + (i + 1), integer("axis", 1));
        }
        return sketch.output("v" + times);
    }

    private static Sketch recurrent(int times, int steps) {
        Sketch sketch = new Sketch()
                .input("v0", steps, 1, 2)
                .zeros("w", 1, 8, 2)
                .zeros("r", 1, 8, 2)
                .longs("one", 1);
        for (int i = 0; i < times; i++) {
            sketch.node("LSTM", "v" + i + " w r", "l" + i).node("Squeeze", "l" + i + " one", "v" + (i + 1));
        }
        return sketch.output("v" + times);
    }

    private static Sketch splits(int times) {
        Sketch sketch = new Sketch().input("x", 1 << 16);
        for (int i = 0; i < times; i++) {
            sketch.node("Split", "x", "y" + i, integer("num_outputs", 1 << 16)).output("y" + i);
        }
        return sketch;
    }

    private static Sketch convolvedConstants(int times) {
        Sketch sketch = new Sketch().zeros("x", 1, 1, 250, 250).zeros("w", 1, 1, 125, 125);
        for (int i = 0; i < times; i++) {
            sketch.node("Constant", "", "a" + i, Sketch.tensor("value", constant(1, 1, 250, 250)))
                    .node("Constant", "", "b" + i, Sketch.tensor("value", constant(1, 1, 125, 125)))
                    .node("Conv", "a" + i + " b" + i, "y" + i);
            if (i > 20) {
                break;
            }
        }
        for (int i = 0; i < times; i++) {
            sketch.node("Conv", "a0 b0", "z" + i);
        }
        return sketch.output("y0");
    }

    private static Sketch multipliedConstants(int times) {
        Sketch sketch = new Sketch().node("Constant", "", "v0", Sketch.tensor("value", constant(256, 256)));
        for (int i = 0; i < times; i++) {
            sketch.node("MatMul", "v" + i + " v0", "v" + (i + 1));
        }
        return sketch.output("v3");
    }

    private static Sketch keptConstants(int times) {
        Sketch sketch = new Sketch().node("Constant", "", "v0", Sketch.tensor("value", constant(1 << 15)));
        for (int i = 0; i < times; i++) {
            sketch.node("Neg", "v" + i, "v" + (i + 1));
        }
        return sketch.output("v" + times);
    }

    private static TensorProto.Builder constant(int... dims) {
        int elements = 1;
        TensorProto.Builder tensor = TensorProto.newBuilder().setDataType(1);
        for (int dim : dims) {
            tensor.addDims(dim);
            elements *= dim;
        }
        return tensor.setRawData(com.google.protobuf.ByteString.copyFrom(new byte[4 * elements]));
    }

    private static Sketch tiles(int times) {
        Sketch sketch = new Sketch().input("v0", 1).longs("r", 10);
        for (int i = 0; i < times; i++) {
            sketch.node("Tile", "v" + i + " r", "v" + (i + 1));
        }
        return sketch.output("v" + times);
    }

    private static Sketch axes(int count) {
        long[] dims = new long[count];
        java.util.Arrays.fill(dims, 1);
        return new Sketch().input("x", dims).node("Relu", "x", "y").output("y");
    }

    private static Sketch unsqueezed(int times) {
        Sketch sketch = new Sketch().input("v0", 1).longs("a", 0);
        for (int i = 0; i < times; i++) {
            sketch.node("Unsqueeze", "v" + i + " a", "v" + (i + 1));
        }
        return sketch.output("v" + times);
    }
}
