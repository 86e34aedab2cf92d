package dev.halfwave.onnx.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.halfwave.format.ModelFormatException;
import dev.halfwave.kernel.Providers;
import dev.halfwave.kernel.WorkerPool;
import dev.halfwave.onnx.OnnxModel;
import dev.halfwave.onnx.OnnxRunner;
import dev.halfwave.onnx.file.ElementType;
import dev.halfwave.onnx.file.Literal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** What ONNX's specification says and ONNX Runtime does not do, or not yet. */
class SpecificationTest {
    private static Numbers run(NodeModel model) {
        Map<String, Literal> inputs = new LinkedHashMap<>();
        model.inputs().forEach((name, numbers) -> inputs.put(name, numbers.literal()));
        OnnxModel read = OnnxModel.of(model.bytes(), "model");
        List<Literal> outputs =
                List.copyOf(new OnnxRunner(read, Providers.active().exact(), WorkerPool.shared())
                        .run(inputs)
                        .values());
        return Numbers.of(outputs.get(0));
    }

    private static Numbers counted(long... sizes) {
        return Numbers.of(ElementType.FLOAT, sizes, i -> i);
    }

    @Test
    void blocksOfPixelsBecomeChannelsByColumnsFirst() {
        NodeModel model = new NodeModel("SpaceToDepth", 28).with("blocksize", 2).with("mode", "CRD");
        Numbers y = run(model.fed(counted(1, 2, 2, 2)));
        assertThat(y.sizes()).containsExactly(1, 8, 1, 1);
        assertThat(y.values()).containsExactly(0, 1, 2, 3, 4, 5, 6, 7);
        NodeModel usual = new NodeModel("SpaceToDepth", 28).with("blocksize", 2);
        assertThat(run(usual.fed(counted(1, 2, 2, 2))).values()).containsExactly(0, 4, 1, 5, 2, 6, 3, 7);
    }

    @Test
    void extremesOfNothingAreTheLimitsOfTheType() {
        assertThat(run(extreme("ReduceMax", ElementType.BOOL)).values()).containsExactly(0, 0);
        assertThat(run(extreme("ReduceMin", ElementType.BOOL)).values()).containsExactly(1, 1);
        assertThat(run(extreme("ReduceMax", ElementType.INT32)).values()).containsOnly(Integer.MIN_VALUE);
        assertThat(run(extreme("ReduceMin", ElementType.INT32)).values()).containsOnly(Integer.MAX_VALUE);
        assertThat(run(extreme("ReduceMax", ElementType.FLOAT)).values()).containsOnly(Double.NEGATIVE_INFINITY);
    }

    private static NodeModel extreme(String op, ElementType type) {
        Numbers nothing = Numbers.of(type, new long[] {2, 0}, i -> 0);
        return new NodeModel(op, 20).with("keepdims", false).fed(nothing).held(Numbers.integers(1));
    }

    @Test
    void slicesBackwardsStartAtTheFirstElementAtTheLatest() {
        NodeModel model = new NodeModel("Slice", 13).fed(counted(5));
        model.held(Numbers.integers(-6)).held(Numbers.integers(-7)).held(Numbers.integers(0));
        assertThat(run(model.held(Numbers.integers(-2))).values()).containsExactly(0);
        NodeModel open = new NodeModel("Slice", 13).fed(counted(5));
        open.held(Numbers.integers(3)).held(Numbers.integers(Long.MAX_VALUE)).held(Numbers.integers(0));
        assertThat(run(open.held(Numbers.integers(-2))).values()).isEmpty();
    }

    @Test
    void cornersAreAlignedByTheScaleItself() {
        NodeModel model = new NodeModel("Resize", 19).with("mode", "linear");
        model.with("coordinate_transformation_mode", "align_corners")
                .fed(counted(1, 1, 1, 4))
                .absent();
        Numbers y = run(model.held(Numbers.floats(1, 1, 1, 0.8)));
        assertThat(y.sizes()).containsExactly(1, 1, 1, 3);
        // Places i · (4 − 1) / (3.2 − 1), of which the last is outside.
        assertThat(y.values()).containsExactly(new double[] {0, 3 / 2.2, 6 / 2.2}, Offset.offset(1e-6));
    }

    @Test
    void samePaddingCountsDilations() {
        NodeModel model = new NodeModel("MaxPool", 22).with("kernel_shape", new long[] {3});
        model.with("dilations", new long[] {2}).with("auto_pad", "SAME_UPPER");
        Numbers y = run(model.fed(counted(1, 1, 6)));
        assertThat(y.values()).containsExactly(2, 3, 4, 5, 4, 5);
    }

    @Test
    void lastWindowCountsOnlyThePaddingAskedFor() {
        NodeModel model = new NodeModel("AveragePool", 22).with("kernel_shape", new long[] {3});
        model.with("strides", new long[] {3}).with("ceil_mode", 1).with("count_include_pad", 1);
        assertThat(run(model.fed(counted(1, 1, 7))).values()).containsExactly(1, 4, 6);
    }

    @Test
    void transposedConvolutionsOfSameSizeMultiplyItByTheStride() {
        NodeModel model = new NodeModel("ConvTranspose", 11).with("strides", new long[] {3});
        model.with("auto_pad", "SAME_UPPER")
                .fed(counted(1, 1, 2))
                .held(Numbers.of(ElementType.FLOAT, new long[] {1, 1, 1}, i -> 1));
        assertThat(run(model).sizes()).containsExactly(1, 1, 6);
    }

    @Test
    void rootMeanSquaresAndSwishes() {
        NodeModel norm =
                new NodeModel("RMSNormalization", 23).with("epsilon", 0.0).fed(Numbers.floats(3, 4));
        double root = Math.sqrt(12.5);
        assertThat(run(norm.held(Numbers.floats(1, 2))).values())
                .containsExactly(new double[] {3 / root, 8 / root}, Offset.offset(1e-6));
        NodeModel swish = new NodeModel("Swish", 24).with("alpha", 2.0).fed(Numbers.floats(1, -1));
        double sigmoid = 1 / (1 + Math.exp(-2));
        assertThat(run(swish).values()).containsExactly(new double[] {sigmoid, sigmoid - 1}, Offset.offset(1e-6));
    }

    @Test
    void anySlopeAndAnyThreshold() {
        NodeModel steep = new NodeModel("LeakyRelu", 16).with("alpha", 2.0).fed(Numbers.floats(3, -4));
        assertThat(run(steep).values()).containsExactly(3, -8);
        NodeModel low = new NodeModel("ThresholdedRelu", 10).with("alpha", -2.0).fed(Numbers.floats(3, -1, -2, -3));
        assertThat(run(low).values()).containsExactly(3, -1, 0, 0);
    }

    @Test
    void sequencesThatDoNotFitAreRefused() {
        NodeModel model = new NodeModel("RNN", 14)
                .fed(counted(2, 1, 1))
                .held(counted(1, 1, 1))
                .held(counted(1, 1, 1));
        model.absent().held(new Numbers(ElementType.INT32, new long[] {1}, new double[] {3}));
        assertThatThrownBy(() -> run(model))
                .isInstanceOf(ModelFormatException.class)
                .hasMessage("model, node \"it\" (RNN): expected 1 lengths of at most 2, received [3]");
    }

    @Test
    void piecesShareTheirFirstAxesWithTheTensor() {
        NodeModel model = new NodeModel("GatherND", 12).with("batch_dims", 1).fed(counted(2, 3));
        model.held(new Numbers(ElementType.INT64, new long[] {3, 1}, new double[] {0, 1, 2}));
        assertThatThrownBy(() -> run(model))
                .isInstanceOf(ModelFormatException.class)
                .hasMessageContaining(
                        "expected indices of places in [2, 3] that share 1 axes with it, received [3, 1]");
    }
}
