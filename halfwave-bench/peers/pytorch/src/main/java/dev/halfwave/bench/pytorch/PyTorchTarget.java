package dev.halfwave.bench.pytorch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.nn.norm.Dropout;
import ai.djl.nn.pooling.Pool;
import dev.halfwave.activation.Activation;
import dev.halfwave.activation.Relu;
import dev.halfwave.bench.translate.Target;
import dev.halfwave.bench.translate.Weight;
import dev.halfwave.op.AvgPool2d;
import dev.halfwave.op.MaxPool2d;
import dev.halfwave.tensor.Window;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Runs each layer as it is said, on arrays; weights are made when first met. */
final class PyTorchTarget implements Target<NDArray> {
    private static final int CHANNELS = 1;

    private final NDManager manager;
    private final boolean training;
    private final Map<String, NDArray> weights = new LinkedHashMap<>();
    private final Map<String, NDArray> trained = new LinkedHashMap<>();

    PyTorchTarget(NDManager manager, boolean training) {
        this.manager = manager;
        this.training = training;
    }

    /** The weights met so far that have gradients. */
    Map<String, NDArray> trained() {
        return trained;
    }

    @Override
    public NDArray conv2d(NDArray x, Weight filters, Optional<Weight> bias, dev.halfwave.op.Conv2d op) {
        Window v = op.vertical();
        Window h = op.horizontal();
        return Conv2d.conv2d(
                        padded(x, v, h, 0),
                        array(filters),
                        array(bias),
                        new Shape(v.stride(), h.stride()),
                        padding(v, h),
                        new Shape(v.dilation(), h.dilation()),
                        op.groups())
                .singletonOrThrow();
    }

    /** PyTorch keeps a row for each unit. */
    @Override
    public NDArray dense(NDArray x, Weight w, Optional<Weight> bias) {
        return Linear.linear(x, array(transposed(w)), array(bias)).singletonOrThrow();
    }

    private Weight transposed(Weight w) {
        if (weights.containsKey(w.key())) {
            return w;
        }
        int rows = w.size(0);
        int columns = w.size(1);
        float[] values = new float[w.values().length];
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                values[j * rows + i] = w.values()[i * columns + j];
            }
        }
        return new Weight(w.key(), new long[] {columns, rows}, values, w.trainable());
    }

    @Override
    public NDArray batchNorm(NDArray x, Norm norm) {
        return BatchNorm.batchNorm(
                        x,
                        array(norm.mean()),
                        array(norm.variance()),
                        array(norm.gamma()),
                        array(norm.beta()),
                        CHANNELS,
                        (float) Norm.MOMENTUM,
                        (float) norm.epsilon(),
                        norm.training())
                .singletonOrThrow();
    }

    @Override
    public NDArray activate(NDArray x, Activation activation) {
        if (activation instanceof Relu) {
            return ai.djl.nn.Activation.relu(x);
        }
        throw new UnsupportedOperationException(
                "pytorch: no translation for activation " + activation.name() + "; add its line to PyTorchTarget");
    }

    @Override
    public NDArray maxPool(NDArray x, MaxPool2d op) {
        Window v = op.vertical();
        Window h = op.horizontal();
        return Pool.maxPool2d(
                padded(x, v, h, Double.NEGATIVE_INFINITY),
                new Shape(v.size(), h.size()),
                new Shape(v.stride(), h.stride()),
                padding(v, h),
                false);
    }

    @Override
    public NDArray avgPool(NDArray x, AvgPool2d op) {
        Window v = op.vertical();
        Window h = op.horizontal();
        if (isUneven(v, h)) {
            throw new UnsupportedOperationException("pytorch: average pooling pads evenly, received " + op);
        }
        Shape size = new Shape(v.size(), h.size());
        return Pool.avgPool2d(x, size, new Shape(v.stride(), h.stride()), padding(v, h), false, op.countPadding());
    }

    @Override
    public NDArray globalAvgPool(NDArray x, dev.halfwave.tensor.Shape input) {
        return Pool.globalAvgPool2d(x);
    }

    @Override
    public NDArray flatten(NDArray x) {
        return x.reshape(x.getShape().get(0), -1);
    }

    @Override
    public NDArray dropout(NDArray x, double rate) {
        return Dropout.dropout(x, (float) rate, training).singletonOrThrow();
    }

    @Override
    public NDArray add(NDArray a, NDArray b) {
        return a.add(b);
    }

    @Override
    public NDArray concat(List<NDArray> parts) {
        return NDArrays.concat(new NDList(parts), CHANNELS);
    }

    private @Nullable NDArray array(Optional<Weight> weight) {
        return weight.map(this::array).orElse(null);
    }

    private NDArray array(Weight weight) {
        return weights.computeIfAbsent(weight.key(), key -> {
            NDArray array = manager.create(weight.values(), new Shape(weight.shape()));
            if (training && weight.trainable()) {
                array.setRequiresGradient(true);
                trained.put(key, array);
            }
            return array;
        });
    }

    private static boolean isUneven(Window v, Window h) {
        return v.before() != v.after() || h.before() != h.after();
    }

    /** PyTorch pads evenly by itself; anything else takes an op of its own. */
    private static NDArray padded(NDArray x, Window v, Window h, double value) {
        return isUneven(v, h) ? x.pad(new Shape(h.before(), h.after(), v.before(), v.after()), value) : x;
    }

    private static Shape padding(Window v, Window h) {
        return isUneven(v, h) ? new Shape(0, 0) : new Shape(v.before(), h.before());
    }
}
