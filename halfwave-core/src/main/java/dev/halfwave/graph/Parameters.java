package dev.halfwave.graph;

import dev.halfwave.tensor.Shape;
import dev.halfwave.tensor.Tensor;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The numbers of a network: every parameter's values in one array.
 *
 * <p>Whoever writes to {@link #data()} calls {@link #changed()} afterwards, so that programs renew what they derived
 * from it. Not safe for writing while a program runs.
 */
public final class Parameters {
    private final ParameterLayout layout;
    private final float[] data;
    private final AtomicLong version = new AtomicLong();

    /** All zeros, in the given layout. */
    public Parameters(ParameterLayout layout) {
        this.layout = layout;
        this.data = new float[layout.length()];
    }

    /** First values drawn by each parameter's own initializer, from a stream that depends on the seed and its name. */
    public static Parameters initialized(ParameterLayout layout, long seed) {
        Parameters parameters = new Parameters(layout);
        for (ParameterLayout.Entry entry : layout.entries()) {
            SplittableRandom random = new SplittableRandom(
                    seed * 0x9e3779b97f4a7c15L + entry.key().hashCode());
            entry.parameter().initializer().fill(entry.shape(), parameters.data, entry.offset(), random);
        }
        return parameters;
    }

    /** Where each parameter stands. */
    public ParameterLayout layout() {
        return layout;
    }

    /** The array itself. */
    public float[] data() {
        return data;
    }

    /** Says that values were changed. */
    public void changed() {
        version.incrementAndGet();
    }

    /** Rises whenever values were changed. */
    public long version() {
        return version.get();
    }

    /** A copy of one parameter. */
    public Tensor get(String key) {
        ParameterLayout.Entry entry = layout.entry(key);
        int end = entry.offset() + entry.shape().elements();
        return Tensor.of(entry.shape(), Arrays.copyOfRange(data, entry.offset(), end));
    }

    /**
     * Sets one parameter.
     *
     * @throws IllegalArgumentException if there is none of that name, or the shape differs
     */
    public void set(String key, Tensor value) {
        ParameterLayout.Entry entry = layout.entry(key);
        Shape expected = entry.shape();
        if (!expected.equals(value.shape())) {
            throw new IllegalArgumentException(key + ": expected shape " + expected + ", received " + value.shape());
        }
        System.arraycopy(value.data(), 0, data, entry.offset(), expected.elements());
        changed();
    }

    /** Copies of all parameters by name. */
    public Map<String, Tensor> toMap() {
        Map<String, Tensor> map = new LinkedHashMap<>();
        layout.entries().forEach(entry -> map.put(entry.key(), get(entry.key())));
        return map;
    }

    /** The number of trainable values. */
    public long trainableCount() {
        return layout.entries().stream()
                .filter(entry -> entry.parameter().trainable())
                .mapToLong(entry -> entry.shape().elements())
                .sum();
    }
}
