package dev.halfwave.onnx.hostile;

import static dev.halfwave.onnx.hostile.Sketch.integer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.halfwave.format.ModelFormatException;
import dev.halfwave.nn.Model;
import dev.halfwave.onnx.OnnxModel;
import dev.halfwave.onnx.proto.ModelProto;
import dev.halfwave.onnx.proto.NodeProto;
import dev.halfwave.onnx.proto.OperatorSetIdProto;
import dev.halfwave.onnx.proto.StringStringEntryProto;
import dev.halfwave.onnx.proto.TensorProto;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Graphs that do not hang together, and names and versions that nothing has. */
class HostileGraphsTest {
    @TempDir
    Path folder;

    @Test
    void graphsThatDoNotHangTogetherAreRefused() throws Exception {
        Folder files = new Folder(folder)
                .add("circle", x().node("Relu", "b", "a").node("Relu", "a", "b").output("b"))
                .add("self-loop", x().node("Add", "x y", "y").output("y"))
                .add("large-circle", circle(1000))
                .add("dangling-input", x().node("Relu", "nothing", "y").output("y"))
                .add("dangling-output", x().node("Relu", "x", "y").output("z"))
                .add("output-twice", x().node("Relu", "x", "y").output("y").output("y"))
                .add(
                        "made-twice",
                        x().node("Relu", "x", "y").node("Tanh", "x", "y").output("y"))
                .add("made-twice-by-one", x().node("Split", "x", "y y").output("y"))
                .add("input-made", x().node("Relu", "x", "x").output("x"))
                .add(
                        "initializer-made",
                        x().zeros("y", 2).node("Relu", "x", "y").output("y"))
                .add(
                        "initializer-twice",
                        x().zeros("w", 2).zeros("w", 3).node("Add", "x w", "y").output("y"))
                .add(
                        "initializer-without-name",
                        x().zeros("", 2).node("Relu", "x", "y").output("y"))
                .add("input-twice", x().input("x", 2).node("Relu", "x", "y").output("y"))
                .add(
                        "input-without-name",
                        x().input("", 2).node("Relu", "x", "y").output("y"))
                .add("output-without-name", x().node("Relu", "x", "y").output(""))
                .add("no-output", x().node("Relu", "x", "y"))
                .add("opset-0", perceptron(0))
                .add("opset-minus", perceptron(-1))
                .add(
                        "dim-minus-2",
                        new Sketch().input("x", -2).node("Relu", "x", "y").output("y"))
                .add(
                        "dim-2-to-62",
                        new Sketch().input("x", 1L << 62).node("Relu", "x", "y").output("y"))
                .add(
                        "dim-least",
                        new Sketch()
                                .input("x", Long.MIN_VALUE)
                                .node("Relu", "x", "y")
                                .output("y"))
                .add(
                        "dims-overflow",
                        new Sketch()
                                .input("x", 1 << 30, 1 << 30, 1 << 30)
                                .node("Relu", "x", "y")
                                .output("y"))
                .add(
                        "dims-overflow-to-0",
                        new Sketch()
                                .input("x", 1 << 16, 1 << 16, 1 << 16, 1 << 16)
                                .node("Relu", "x", "y")
                                .output("y"));
        Map<String, String> ends = Trial.of(files.files());
        assertThat(ends.values()).allMatch(end -> end.startsWith("fine load: "));
        assertThat(ends.get("circle.onnx"))
                .endsWith(
                        "expected a graph without circles, received one in which 2 nodes wait for each other, among them"
                                + " \"Relu:a\", \"Relu:b\"");
    }

    @Test
    void oddNamesAndVersionsAreTakenAsTheyAre() throws Exception {
        Folder files = new Folder(folder)
                .add("opset-largest", perceptron(Long.MAX_VALUE))
                .add(
                        "opset-none",
                        Seeds.perceptron().model().toBuilder()
                                .clearOpsetImport()
                                .build()
                                .toByteArray())
                .add(
                        "opset-of-others",
                        Seeds.perceptron().model().toBuilder()
                                .addOpsetImport(OperatorSetIdProto.newBuilder()
                                        .setDomain("other")
                                        .setVersion(-5))
                                .build()
                                .toByteArray())
                .add(
                        "dim-0",
                        new Sketch().input("x", 0, 3).node("Relu", "x", "y").output("y"))
                .add(
                        "dim-minus-1",
                        new Sketch().input("x", -1, 3).node("Relu", "x", "y").output("y"))
                .add("initializer-as-output", x().zeros("w", 2).output("w"))
                .add("input-as-output", x().output("x"))
                .add(
                        "nothing-read",
                        new Sketch()
                                .node("Constant", "", "y", integer("value_int", 3))
                                .output("y"));
        for (String name : new String[] {
            "a/b", "../../etc", "a\nb", "a\0b", " ", ".", "a.b", "\u202e", "\ud83d\ude00", "n".repeat(1 << 20)
        }) {
            files.add(
                    "name-" + files.files().size(),
                    new Sketch()
                            .input(name, 1, 2)
                            .tensor(TensorProto.newBuilder()
                                    .setName(name + "w")
                                    .setDataType(1)
                                    .addDims(2)
                                    .addFloatData(1)
                                    .addFloatData(2))
                            .node(NodeProto.newBuilder()
                                    .setName(name)
                                    .setOpType("Mul")
                                    .addInput(name)
                                    .addInput(name + "w")
                                    .addOutput(name + "y"))
                            .output(name + "y"));
            files.add(
                    "unknown-" + files.files().size(),
                    x().node(NodeProto.newBuilder()
                                    .setName(name)
                                    .setOpType(name)
                                    .setDomain(name)
                                    .addInput("x")
                                    .addOutput("y"))
                            .output("y"));
        }
        Map<String, String> ends = Trial.of(files.files());
        assertThat(ends.values()).noneMatch(end -> end.startsWith("fine load: "));
        assertThat(ends.get("name-8.onnx")).contains("run: outputs [a/by]");
    }

    @Test
    void whatFilesSayAboutThemselvesMayBeAnything() throws Exception {
        Folder files = new Folder(folder);
        for (String key : new String[] {"halfwave.classes", "halfwave.pixels", "halfwave.network"}) {
            for (String value : new String[] {
                "",
                "[",
                "[1]",
                "{}",
                "[\"a\"]",
                "[null]",
                "[".repeat(100_000),
                "\"".repeat(9),
                "0..0",
                "9".repeat(400) + "..1",
                "mean=1;std=0",
                "mean=1,2,3,4,5;std=1,2,3,4,5",
                "1".repeat(1 << 20),
                "mean=" + "1,".repeat(100_000)
            }) {
                ModelProto.Builder model = Seeds.images().model().toBuilder();
                model.addMetadataProps(
                        StringStringEntryProto.newBuilder().setKey(key).setValue(value));
                files.add(key + files.files().size(), model.build().toByteArray());
            }
        }
        Trial.of(files.files());
    }

    /** What a file says its network was is believed only if it fits the graph, and costs nothing else. */
    @Test
    void networksThatFilesDescribeMayBeAnything() throws Exception {
        Folder files = new Folder(folder);
        String open = "{\"type\":\"sequential\",\"layers\":[";
        String dense = "{\"type\":\"dense\",\"units\":%s,\"bias\":true}";
        for (String body : new String[] {
            dense.formatted("1000000000"),
            dense.formatted("2147483647"),
            dense.formatted("-1"),
            dense.formatted("1e99"),
            dense.formatted("0"),
            open + dense.formatted("100000") + "," + dense.formatted("100000") + "]}",
            open.repeat(100) + dense.formatted("3") + "]}".repeat(100),
            open.repeat(900) + dense.formatted("3") + "]}".repeat(900),
            open.repeat(5_000) + dense.formatted("3") + "]}".repeat(5_000),
            open + (dense.formatted("3") + ",").repeat(3_000) + dense.formatted("3") + "]}",
            "{\"type\":\"onnx\",\"model\":\"CAg=\",\"pixels\":\"0..1\"}"
        }) {
            ModelProto.Builder model = Seeds.perceptron().model().toBuilder();
            model.addMetadataProps(StringStringEntryProto.newBuilder()
                    .setKey("halfwave.network")
                    .setValue("{\"name\":\"x\",\"sample\":[4],\"body\":" + body + "}"));
            files.add("network-" + files.files().size(), model.build().toByteArray());
        }
        assertThat(Trial.of(files.files()).values()).allMatch(end -> end.contains("run: outputs"));
    }

    @Test
    void oneErrorListsAllUnsupportedNodes() throws Exception {
        Path file = folder.resolve("odd.onnx");
        Files.write(
                file,
                x().node(NodeProto.newBuilder()
                                .setName("first")
                                .setOpType("Loop")
                                .addInput("x")
                                .addOutput("a"))
                        .node("Relu", "a", "b")
                        .node(NodeProto.newBuilder()
                                .setName("second")
                                .setOpType("Relu")
                                .setDomain("com.other")
                                .addInput("b")
                                .addOutput("c"))
                        .node(NodeProto.newBuilder()
                                .setOpType("NonZero")
                                .addInput("c")
                                .addOutput("y"))
                        .output("y")
                        .bytes());
        OnnxModel model = OnnxModel.load(file);
        assertThat(model.unsupported()).hasSize(3);
        assertThatThrownBy(model::graph)
                .isInstanceOf(ModelFormatException.class)
                .hasMessage(
                        file + ": expected ops that Halfwave has, received 3 nodes with others: node \"first\" (Loop),"
                                + " node \"second\" (com.other.Relu), node \"NonZero:y\" (NonZero); export the model with simpler"
                                + " ops, or cut it before them");
    }

    @Test
    void anOnnxFileIsNoCheckpoint() throws Exception {
        Path file = Files.write(
                folder.resolve("model.safetensors"), Seeds.perceptron().bytes());
        assertThatThrownBy(() -> Model.load(file))
                .isInstanceOf(ModelFormatException.class)
                .hasMessageContaining("expected")
                .hasMessageContaining(file.toString());
    }

    private static Sketch x() {
        return new Sketch().input("x", 2);
    }

    private static Sketch circle(int length) {
        Sketch sketch = x();
        for (int i = 0; i < length; i++) {
            sketch.node("Relu", "v" + i, "v" + (i + 1) % length);
        }
        return sketch.output("v0");
    }

    private static Sketch perceptron(long opset) {
        return Seeds.perceptron().opset(opset);
    }
}
