package dev.halfwave.onnx.translate;

import dev.halfwave.activation.Formula;
import dev.halfwave.graph.Node;
import dev.halfwave.graph.Result;
import dev.halfwave.graph.Source;
import dev.halfwave.graph.Value;
import dev.halfwave.onnx.file.ElementType;
import dev.halfwave.op.Apply;
import dev.halfwave.op.BatchNorm;
import dev.halfwave.op.BinaryFunction;
import dev.halfwave.op.FrozenBatchNorm;
import dev.halfwave.op.LayerNorm;
import dev.halfwave.op.MovingAverage;
import dev.halfwave.op.Reduce;
import dev.halfwave.op.Reduction;
import dev.halfwave.op.Resample;
import dev.halfwave.tensor.Shape;
import dev.halfwave.tensor.Taps;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Normalisations: over the batch, over the channels, over groups of them, over a neighbourhood. */
final class Norms {
    private Norms() {}

    /**
     * In a network that is trained, the batch's own statistics are used and kept, as the framework that exported it did;
     * else the file's.
     */
    static List<Operand> batch(Call call) {
        double epsilon = call.attributes().number("epsilon", 1e-5);
        double momentum = 1 - call.attributes().number("momentum", 0.9);
        Value x = Spatial.channelsLast(call, call.value(0));
        boolean asked = call.attributes().flag("training_mode", false);
        if (!asked && !call.isTraining()) {
            Value y = call.add(
                    new FrozenBatchNorm(epsilon), x, call.value(1), call.value(2), call.value(3), call.value(4));
            return List.of(operand(call, Spatial.channelsSecond(call, y)));
        }
        Node batch = call.addNode(new BatchNorm(epsilon), x, call.value(1), call.value(2));
        List<Operand> outputs = new ArrayList<>();
        outputs.add(operand(call, Spatial.channelsSecond(call, batch.output())));
        for (int statistic = 1; statistic <= 2; statistic++) {
            Value old = call.value(2 + statistic);
            Value current =
                    call.add(new MovingAverage(momentum), old, batch.outputs().get(statistic));
            if (call.isTraining() && old.producer().op() instanceof Source.Parameter parameter) {
                call.graph().result(new Result.Update(parameter.key()), current);
            }
            outputs.add(operand(call, current));
        }
        return outputs;
    }

    private static Operand operand(Call call, Value value) {
        return new Operand(value, call.operand(0).type());
    }

    static Value instance(Call call) {
        Shape s = images(call);
        return scaled(call, normalized(call, s.size(0) * s.size(1)), s.size(1));
    }

    /** Scale and shift belong to groups before version 21, to channels since. */
    static Value group(Call call) {
        Shape s = images(call);
        int groups = call.attributes().small("num_groups", 1);
        if (groups < 1 || s.size(1) % groups != 0) {
            throw call.attributes().wrong("num_groups", "a divisor of " + s.size(1), Integer.toString(groups));
        }
        Value y = normalized(call, s.size(0) * groups);
        if (call.shape(1).elements() != groups || groups == s.size(1)) {
            return scaled(call, y, s.size(1));
        }
        Value grouped = call.reshape(y, s.size(0), groups, s.elements() / Math.max(1, s.size(0) * groups));
        return call.reshape(scaled(call, grouped, groups), s);
    }

    private static Shape images(Call call) {
        Shape s = call.shape(0);
        if (s.rank() < 3) {
            throw new IllegalArgumentException("expected images [N, C, …], received " + s);
        }
        return s;
    }

    /** The first input normalised over equal pieces of its elements. */
    private static Value normalized(Call call, int pieces) {
        Shape s = call.shape(0);
        Value rows = call.reshape(call.value(0), pieces, s.elements() / Math.max(1, pieces));
        double epsilon = call.attributes().number("epsilon", 1e-5);
        return call.reshape(call.add(new LayerNorm(epsilon), rows), s);
    }

    /** Times the second input, plus the third, each with one number per channel. */
    private static Value scaled(Call call, Value y, int channels) {
        int[] sizes = new int[y.shape().rank() - 1];
        Arrays.fill(sizes, 1);
        sizes[0] = channels;
        Value scale = call.reshape(call.value(1), sizes);
        Value shift = call.reshape(call.value(2), sizes);
        return call.binary(BinaryFunction.ADD, call.binary(BinaryFunction.MULTIPLY, y, scale), shift);
    }

    static List<Operand> layer(Call call) {
        Shape s = call.shape(0);
        int axis = Call.axis(call.attributes().integer("axis", -1), s.rank());
        double epsilon = call.attributes().number("epsilon", 1e-5);
        Value x = call.value(0);
        Value rows = call.reshape(x, s.product(0, axis), s.product(axis, s.rank()));
        Value y = call.reshape(call.add(new LayerNorm(epsilon), rows), s);
        y = call.binary(BinaryFunction.MULTIPLY, y, call.value(1));
        if (call.has(2)) {
            y = call.binary(BinaryFunction.ADD, y, call.value(2));
        }
        List<Operand> outputs = new ArrayList<>(List.of(operand(call, y)));
        if (call.wants(1) || call.wants(2)) {
            List<Integer> axes = Axes.range(axis, s.rank());
            Value mean = call.add(new Reduce(Reduction.MEAN, axes, true), x);
            Value off = call.binary(BinaryFunction.SUBTRACT, x, mean);
            outputs.add(new Operand(mean, ElementType.FLOAT));
            outputs.add(new Operand(inverse(call, meanSquare(call, off, axes), epsilon), ElementType.FLOAT));
        }
        return outputs;
    }

    /** Over the root of the mean square, without centring. */
    static Value rootMeanSquare(Call call) {
        Shape s = call.shape(0);
        int axis = Call.axis(call.attributes().integer("axis", -1), s.rank());
        Value x = call.value(0);
        Value square = meanSquare(call, x, Axes.range(axis, s.rank()));
        Value y = call.binary(
                BinaryFunction.MULTIPLY,
                x,
                inverse(call, square, call.attributes().number("epsilon", 1e-5)));
        return call.binary(BinaryFunction.MULTIPLY, y, call.value(1));
    }

    private static Value meanSquare(Call call, Value x, List<Integer> axes) {
        return call.add(new Reduce(Reduction.MEAN, axes, true), call.binary(BinaryFunction.MULTIPLY, x, x));
    }

    private static Value inverse(Call call, Value variance, double epsilon) {
        Value deviation = call.add(
                Apply.of(Formula.Function.SQRT), call.binary(BinaryFunction.ADD, variance, call.constant(epsilon)));
        return call.binary(BinaryFunction.DIVIDE, call.constant(1), deviation);
    }

    /** (x − mean) / √variance over some axes; a constant tensor becomes zeros. */
    static Value meanVariance(Call call) {
        List<Long> given = call.attributes().integers("axes");
        List<Integer> axes = Call.axes(
                given == null ? List.of(0L, 2L, 3L) : given, call.shape(0).rank());
        Value x = call.value(0);
        Value off = call.binary(BinaryFunction.SUBTRACT, x, call.add(new Reduce(Reduction.MEAN, axes, true), x));
        Value deviation = call.add(Apply.of(Formula.Function.SQRT), meanSquare(call, off, axes));
        return call.binary(BinaryFunction.DIVIDE, off, call.binary(BinaryFunction.ADD, deviation, call.constant(1e-9)));
    }

    /** Over the sum of powers along one axis. */
    static Value lp(Call call) {
        double p = call.attributes().integer("p", 2);
        int axis =
                Call.axis(call.attributes().integer("axis", -1), call.shape(0).rank());
        Value x = call.value(0);
        Value sum = call.add(new Reduce(Reduction.SUM, List.of(axis), true), Pointwise.absolutePower(call, x, p));
        Value norm = Pointwise.root(call, sum, p);
        Value zero = Arithmetic.negation(call, norm); // where all is zero, so is the result
        return call.binary(BinaryFunction.DIVIDE, x, call.binary(BinaryFunction.ADD, norm, zero));
    }

    /** x / (bias + alpha / size · Σ x²)^beta, with the sum over neighbouring channels. */
    static Value localResponse(Call call) {
        int size = call.attributes().small("size", 0);
        if (size < 1) {
            throw call.attributes().wrong("size", "1 or more", Integer.toString(size));
        }
        Value x = Spatial.channelsLast(call, call.value(0));
        int channels = x.shape().size(-1);
        Value sum = call.add(new Resample(-1, neighbours(channels, size)), call.binary(BinaryFunction.MULTIPLY, x, x));
        Value share = call.constant(call.attributes().number("alpha", 1e-4) / size);
        Value base = call.binary(
                BinaryFunction.ADD,
                call.binary(BinaryFunction.MULTIPLY, sum, share),
                call.constant(call.attributes().number("bias", 1)));
        Value power = call.binary(
                BinaryFunction.POWER, base, call.constant(call.attributes().number("beta", 0.75)));
        return Spatial.channelsSecond(call, call.binary(BinaryFunction.DIVIDE, x, power));
    }

    private static Taps neighbours(int channels, int size) {
        int before = (size - 1) / 2;
        int[] starts = new int[channels + 1];
        List<Integer> indices = new ArrayList<>();
        for (int c = 0; c < channels; c++) {
            long last = Math.min(channels - 1L, (long) c + size - 1 - before);
            for (int i = Math.max(0, c - before); i <= last; i++) {
                indices.add(i);
            }
            starts[c + 1] = Call.size(indices.size());
        }
        double[] weights = new double[indices.size()];
        Arrays.fill(weights, 1);
        return Taps.of(channels, starts, indices.stream().mapToInt(i -> i).toArray(), weights);
    }
}
