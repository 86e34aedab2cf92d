package dev.halfwave.onnx.write;

import dev.halfwave.graph.Node;
import dev.halfwave.graph.Op;
import dev.halfwave.op.Activate;
import dev.halfwave.op.Add;
import dev.halfwave.op.Apply;
import dev.halfwave.op.ArgMax;
import dev.halfwave.op.AvgPool2d;
import dev.halfwave.op.BatchNorm;
import dev.halfwave.op.BatchedMatMul;
import dev.halfwave.op.BiasAdd;
import dev.halfwave.op.Binary;
import dev.halfwave.op.Broadcast;
import dev.halfwave.op.Concat;
import dev.halfwave.op.Conv2d;
import dev.halfwave.op.Conv2dInputGradient;
import dev.halfwave.op.Embed;
import dev.halfwave.op.FrozenBatchNorm;
import dev.halfwave.op.LayerNorm;
import dev.halfwave.op.LogSoftmax;
import dev.halfwave.op.MatMul;
import dev.halfwave.op.MaxPool2d;
import dev.halfwave.op.MaxPoolIndices;
import dev.halfwave.op.MovingAverage;
import dev.halfwave.op.PRelu;
import dev.halfwave.op.Recurrence;
import dev.halfwave.op.Reduce;
import dev.halfwave.op.Resample;
import dev.halfwave.op.Reshape;
import dev.halfwave.op.Scatter;
import dev.halfwave.op.Slice;
import dev.halfwave.op.Softmax;
import dev.halfwave.op.Take;
import dev.halfwave.op.Transpose;
import dev.halfwave.op.Where;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** The ops that can be written: one line each. */
final class Exporters {
    private static final Map<Class<? extends Op>, Exporter<? extends Op>> KNOWN = new LinkedHashMap<>();

    /** Ops whose attributes may follow the batch, because their exporters look at the shapes instead. */
    private static final Set<Class<? extends Op>> FOLLOWING = Set.of(Reshape.class, Broadcast.class);

    static {
        put(Activate.class, Pointwise::activate);
        put(Add.class, Pointwise::add);
        put(BiasAdd.class, Channels::bias);
        put(PRelu.class, Channels::prelu);
        put(FrozenBatchNorm.class, Channels::norm);
        put(BatchNorm.class, Channels::batchNorm);
        put(MovingAverage.class, Channels::movingAverage);
        put(Conv2d.class, Convolutions::forward);
        put(Conv2dInputGradient.class, Convolutions::transposed);
        put(MatMul.class, Products::matrices);
        put(MaxPool2d.class, Pools::max);
        put(AvgPool2d.class, Pools::average);
        put(Concat.class, Axes::concat);
        put(Slice.class, Axes::slice);
        put(Embed.class, Axes::embed);
        put(Softmax.class, Axes::softmax);
        put(LogSoftmax.class, Axes::logSoftmax);
        put(Take.class, Axes::take);
        put(Resample.class, Sampling::resample);
        put(Scatter.class, Sampling::scatter);
        put(BatchedMatMul.class, Products::batched);
        put(LayerNorm.class, Channels::layerNorm);
        put(MaxPoolIndices.class, Pools::indices);
        put(Apply.class, Pointwise::apply);
        put(Binary.class, Pairs::binary);
        put(Where.class, Pairs::where);
        put(Reduce.class, Reductions::reduce);
        put(ArgMax.class, Reductions::argMax);
        put(Transpose.class, Reshapes::transpose);
        put(Broadcast.class, Reshapes::broadcast);
        put(Reshape.class, Reshapes::reshape);
        put(Recurrence.class, Recurrences::write);
    }

    private Exporters() {}

    private static <O extends Op> void put(Class<O> type, Exporter<O> exporter) {
        KNOWN.put(type, exporter);
    }

    /** The types of ops that can be written. */
    static Set<Class<? extends Op>> types() {
        return KNOWN.keySet();
    }

    /**
     * Writes one node.
     *
     * @throws IllegalArgumentException if that cannot be done; the text says why
     */
    @SuppressWarnings("unchecked") // the table pairs each type with an exporter for it
    static void write(Node node, Writing out) {
        Exporter<Op> exporter = (Exporter<Op>) KNOWN.get(node.op().getClass());
        if (exporter == null) {
            throw new IllegalArgumentException("has no form in ONNX that Halfwave knows of");
        }
        if (!out.graphs().isSame(node) && !FOLLOWING.contains(node.op().getClass())) {
            throw new IllegalArgumentException("has attributes that follow the batch size");
        }
        exporter.write(node.op(), node, out);
    }
}
