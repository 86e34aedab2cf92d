package dev.halfwave.op;

import dev.halfwave.graph.GraphBuilder;
import dev.halfwave.graph.Lowering;
import dev.halfwave.graph.Node;
import dev.halfwave.graph.Op;
import dev.halfwave.graph.Slot;
import dev.halfwave.graph.Step;
import dev.halfwave.graph.Value;
import dev.halfwave.kernel.CounterRandom;
import dev.halfwave.kernel.ElementwiseKernels;
import dev.halfwave.tensor.DoubleTensor;
import dev.halfwave.tensor.Shape;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Drops every element with a given probability and scales up the others, so that the expected value stays the same.
 *
 * <p>{@code y[i] = bits(key, i) < rate · 2³² ? 0 : x[i] / (1 − rate)}; the output has the input's shape. The mask is
 * recomputed from the op's key, the run's key and the element's number instead of stored, so the gradient of a dropout
 * is that dropout itself.
 *
 * @param rate the probability of dropping an element, from 0 to below 1
 * @param key what makes the mask differ from that of other dropouts in the same network
 * @see <a href="https://jmlr.org/papers/v15/srivastava14a.html">Srivastava et al. 2014, section 10 on scaling</a>
 * @see CounterRandom
 */
public record Dropout(double rate, long key) implements Op {

    /** @throws IllegalArgumentException if the rate is not in [0, 1) */
    public Dropout {
        if (!(rate >= 0 && rate < 1)) {
            throw new IllegalArgumentException("dropout: expected a rate from 0 to below 1, received " + rate
                    + "; it is the share of elements to drop");
        }
    }

    @Override
    public String name() {
        return "dropout";
    }

    @Override
    public List<Shape> infer(List<Shape> inputs) {
        Expect.inputs(inputs, 1, 1);
        return inputs;
    }

    @Override
    public List<DoubleTensor> evaluate(List<DoubleTensor> inputs, long randomKey) {
        double[] x = inputs.get(0).data();
        DoubleTensor y = DoubleTensor.zeros(inputs.get(0).shape());
        long mask = CounterRandom.key(key, randomKey);
        for (int i = 0; i < x.length; i++) {
            boolean drop = Integer.compareUnsigned(CounterRandom.bits(mask, i), threshold()) < 0;
            y.data()[i] = drop ? 0 : x[i] / (1 - rate);
        }
        return List.of(y);
    }

    @Override
    public List<@Nullable Value> differentiate(GraphBuilder g, Node node, Value dy) {
        return Arrays.asList(g.add(this, dy));
    }

    @Override
    public boolean isRandom() {
        return true;
    }

    @Override
    public Step lower(Lowering lowering) {
        Slot x = lowering.input(0);
        Slot y = lowering.output(0);
        float scale = (float) (1 / (1 - rate));
        ElementwiseKernels kernels = lowering.kernels().elementwise();
        return Grain.elements(
                lowering.outputShape(0).elements(),
                (f, from, to) -> kernels.dropout(
                        f.array(x),
                        x.offset() + from,
                        f.array(y),
                        y.offset() + from,
                        to - from,
                        from,
                        CounterRandom.key(key, f.randomKey()),
                        threshold(),
                        scale));
    }

    /** An element is dropped if its random 32 bits, unsigned, are below this. */
    private int threshold() {
        return (int) (long) (rate * 0x1p32);
    }

    @Override
    public boolean inPlace(int input) {
        return true;
    }

    @Override
    public boolean isView() {
        return rate == 0;
    }
}
